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
    throw new Failure(`no local stack runs here: ${file} is missing (npm start writes it)`);
  }
}
