/**
 * Which deployment the commands that use AWS itself speak to: a stage in a region, with the AWS
 * credentials of the environment, or the running local stack.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { Failure } from './commands/failure.ts';

/** Their defaults are those of serverless.yml. */
export const DEPLOYMENT = {
  stage: { type: 'string', default: 'dev' },
  region: { type: 'string', default: 'us-east-1' },
  local: { type: 'boolean', default: false },
} as const;
export const DEPLOYMENT_USAGE = '[--stage NAME] [--region NAME] | [--local]';

export function useDeployment({ region, local }: { region: string; local: boolean }): void {
  if (local) useLocalStack();
  else process.env['AWS_REGION'] = region;
}

/** What else may be set must not send a local command to a real account. */
function useLocalStack(): void {
  const file = join(process.env['LATCHKEY_DATA'] || '.latchkey', 'local.env');
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_')) delete process.env[name];
  try {
    Object.assign(process.env, parseEnv(readFileSync(file, 'utf8')));
  } catch {
    throw new Failure(
      `no local stack runs here: ${file} is missing. npm start writes it; LATCHKEY_DATA names the folder if it is another one`,
    );
  }
}

/** What a stage is made of, and what the SDK says where it is not there. */
type Thing = 'table' | 'secret' | 'stack' | 'key' | 'bucket' | 'log group' | 'queue' | 'function';
const LOGIN = 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
/** Of a key, its signature or its rights, as DynamoDB and its like, STS and CloudFormation, and S3 name them. */
const REFUSED =
  /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignature|SignatureDoesNotMatch|AccessDenied)/;

/**
 * Runs what asks AWS, and says in an administrator's words what its set-up lacks.
 *
 * @param name - Of what is asked for.
 */
export async function asking<T>(thing: Thing, name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const problem = causesOf(error).map((cause) => problemOf(cause, `${thing} ${name}`));
    throw problem.find((found) => found !== undefined) ?? error;
  }
}

function problemOf({ name, message }: Error, thing: string): Failure | undefined {
  if (/^(CredentialsProvider|TokenProvider)Error$/.test(name))
    return new Failure(`no AWS credentials: ${message.replace(/\.$/, '')}: ${LOGIN}`);
  // Which right is missing is said in the text.
  const which = name.startsWith('AccessDenied') ? `${name}: ${message}` : name;
  if (REFUSED.test(name)) return new Failure(`AWS refuses the credentials for ${thing}: ${which}`);
  if (!/^(ResourceNotFoundException|QueueDoesNotExist)$/.test(name)) return undefined;
  const place = `in ${process.env['AWS_REGION']}`;
  return new Failure(`no ${thing} ${place}: deploy the stage first, or give --region`);
}

/** The error and what it wraps. */
function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
