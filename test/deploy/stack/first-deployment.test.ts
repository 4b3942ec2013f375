/** README's "Deploy", word for word, on a fresh account; and what it promises of what stands then. */
import { beforeAll, expect, inject, test } from 'vitest';
import { signIn, signOut } from './callers.ts';
import { command } from './commands.ts';
import {
  ADMINISTRATOR,
  deployed,
  deployer,
  exampleDeployed,
  exampleUrl,
  type Said,
} from './prod.ts';
import { resourcesOf } from './stacks.ts';

const { endpoint } = inject('shared');
let said: Said;
beforeAll(async () => {
  said = await deployed();
}, 240_000);

test('D1: `serverless deploy` brings the service up', async () => {
  expect(said[0]?.output).toContain('Service deployed to stack latchkey-prod');
  const types = (await resourcesOf(endpoint, 'latchkey-prod')).map(({ type }) => type);
  // All but `export` and `mail`: there is no bucket to which events go, and nothing by which mails do.
  expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(22);
});

test('`admin create` asks for a password and makes the first administrator', () => {
  expect(said[1]?.output).toMatch(
    /created root@example.com \(\S+\) with the role root in example.com/,
  );
});

test('the administrator signs in with the keys that the first rotation made', async () => {
  expect(await signIn()).toMatchObject({ token: expect.stringMatching(/^eyJ/) });
});

test('an API that imports the authorizer lets a caller in, until the logout', async () => {
  await exampleDeployed('http');
  const session = await signIn();
  const call = () => fetch(`${exampleUrl()}/cdr`, { headers: session.headers });
  const allowed = await call();
  expect([allowed.status, await allowed.json()]).toMatchObject([
    200,
    { caller: { username: ADMINISTRATOR.username } },
  ]);
  await signOut(session);
  expect((await call()).status).toBe(401);
}, 120_000);

// The tool skips a deployment only where every function is there, and `export` is not.
test('deployed again as it is, the stack is of the same resources', async () => {
  const resources = async () =>
    (await resourcesOf(endpoint, 'latchkey-prod')).map(({ id, physicalId }) => [id, physicalId]);
  const before = await resources();
  const credentials = await deployer();
  const output = await command('npx serverless deploy --stage prod', { credentials });
  expect(output).toContain('Service deployed to stack latchkey-prod');
  expect((await resources()).sort()).toEqual(before.sort());
  expect(await signIn()).toMatchObject({ token: expect.stringMatching(/^eyJ/) });
}, 120_000);
