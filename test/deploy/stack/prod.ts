/**
 * The stage `prod`, as far as a test needs it: each step is taken once a run, by whoever needs it first.
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { command } from './commands.ts';
import type { Credentials } from './credentials.ts';
import { commandsOf, policyOf } from './pages.ts';
import { makeUser } from './principals.ts';
import { resourcesOf } from './stacks.ts';

export const ADMINISTRATOR = { username: 'root@example.com', password: 'correct horse, no staple' };

export type Said = { line: string; output: string }[];

/** What is remembered of a step, since test files share no modules. */
export async function once<T>(step: string, take: () => Promise<T>): Promise<T> {
  const file = join(inject('shared').folder, `${step}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
  const taken = await take();
  writeFileSync(file, JSON.stringify(taken ?? null));
  return taken;
}

/** Who deploys has the rights that docs/deploy.md names, and no more. */
export const deployer = (): Promise<Credentials> =>
  once('deployer', () => makeUser('deployer', policyOf('docs/deploy.md')));

/** As README says in "Deploy", word for word. */
export const deployed = (): Promise<Said> =>
  once('deployed', async () => {
    const [deploy = '', admin = ''] = commandsOf('Deploy');
    const { password } = ADMINISTRATOR;
    return [
      { line: deploy, output: await command(deploy, { credentials: await deployer() }) },
      { line: admin, output: await command(admin, { password }) },
    ];
  });

export const serviceUrl = (): string => `http://127.0.0.1:${inject('shared').port}`;
export const exampleUrl = (): string => `http://127.0.0.1:${inject('shared').port + 1}`;

export type Example = 'http' | 'rest' | 'websocket' | 'appsync';
const exampleFolder = (kind: Example): string =>
  `${inject('shared').clone}/examples/protected-api/${kind}`;

/** As its own head says. */
export const exampleDeployed = (kind: Example): Promise<string> =>
  once(`example-${kind}`, async () => {
    await deployed();
    return command('npx serverless deploy --stage prod', { cwd: exampleFolder(kind) });
  });

/** Writes them under the stage in serverless.yml, where README wants them. */
function setParameters(parameters: Record<string, unknown>): void {
  const file = join(inject('shared').clone, 'serverless.yml');
  edit(file, /^ {2}prod: .*$/m, `  prod: ${JSON.stringify(parameters)}`);
}

/** @throws Error where there is nothing to change. */
export function edit(file: string, pattern: RegExp, instead: string): void {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(pattern, instead);
  if (after === before) throw new Error(`${file} has nothing like ${pattern}`);
  writeFileSync(file, after);
}

/** An API that keeps answers, as docs/protect-your-api.md sets it up: a REST API with a TOKEN authorizer. */
async function keepAnswers(): Promise<string> {
  const file = join(exampleFolder('rest'), 'serverless.yml');
  edit(file, /(name: latchkeyToken\n(?:.*\n){3} +resultTtlInSeconds: )0/, '$1300');
  await command('npx serverless deploy --stage prod', { cwd: exampleFolder('rest') });
  return idOf('latchkey-example-rest-prod', 'AWS::ApiGateway::RestApi');
}

async function idOf(stack: string, type: string): Promise<string> {
  const resources = await resourcesOf(inject('shared').endpoint, stack);
  const found = resources.find((resource) => resource.type === type);
  if (!found) throw new Error(`${stack} has no ${type}`);
  return found.physicalId;
}

/** Deployed once more with other parameters. @returns What that said. */
export const settled = (): Promise<string> =>
  once('settled', async () => {
    await exampleDeployed('rest');
    const api = await keepAnswers();
    setParameters({
      issuer: serviceUrl(),
      defaultDomain: 'mydomain.com',
      allowRequestsToLoopback: 'true',
      apiAnswers: `${api}=300`,
      flushApis: [`arn:aws:apigateway:us-east-1::/restapis/${api}/stages/prod/cache/authorizers`],
      flushInterval: '1',
      mailTransport: 'ses',
      mailFrom: 'no-reply@example.com',
      sesConfigurationSet: 'latchkey',
    });
    const credentials = await deployer();
    return command('npx serverless deploy --stage prod', { credentials });
  });
