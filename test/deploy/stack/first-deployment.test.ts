/** README's "Deploy", word for word, on a fresh account; and what it promises of what stands then. */
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { command } from './commands.ts';
import { ADMINISTRATOR, deployed, exampleUrl, type Said, serviceUrl } from './prod.ts';
import { resourcesOf } from './stacks.ts';

const { endpoint } = inject('shared');
let said: Said;
beforeAll(async () => {
  said = await deployed();
}, 180_000);

async function signIn(): Promise<{ token: string; key: string }> {
  const answer = await fetch(`${serviceUrl()}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMINISTRATOR),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { token: string; key: string };
}

test('`serverless deploy` brings the service up', async () => {
  expect(said[0]?.output).toContain('Service deployed to stack latchkey-prod');
  const types = (await resourcesOf(endpoint, 'latchkey-prod')).map(({ type }) => type);
  expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(16);
});

test('`admin create` asks for a password and makes the first administrator', () => {
  expect(said[1]?.output).toMatch(
    /created root@example.com \(\S+\) with the role root in example.com/,
  );
});

test('the administrator signs in with the keys that the first rotation made', async () => {
  const { token, key } = await signIn();
  expect([token, key]).toEqual([expect.stringMatching(/^eyJ/), expect.any(String)]);
});

describe('an API that imports the authorizer', () => {
  beforeAll(
    () => command('npx serverless deploy --stage prod', { cwd: exampleFolder('http') }),
    120_000,
  );

  test('lets a signed-in caller through, and nobody after the logout', async () => {
    const { token, key } = await signIn();
    const headers = { 'x-access-token': token, 'x-key': key };
    const call = () => fetch(`${exampleUrl()}/cdr`, { headers });
    const allowed = await call();
    expect([allowed.status, await allowed.json()]).toMatchObject([
      200,
      { caller: { username: ADMINISTRATOR.username } },
    ]);
    const out = await fetch(`${serviceUrl()}/logout`, { method: 'POST', headers });
    expect(out.status).toBe(200);
    expect((await call()).status).toBe(401);
  });
});
const exampleFolder = (kind: string) => `${inject('shared').clone}/examples/protected-api/${kind}`;
