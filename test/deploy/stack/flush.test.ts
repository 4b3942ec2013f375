/**
 * An API that keeps the authorizer's answers for five minutes, and how a revocation gets there: the stream
 * of a table, `flush`, and the cache of the API.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, inject, test } from 'vitest';
import { type Session, signIn, signOut, staffed, VISITOR } from './callers.ts';
import { deployed, settled } from './prod.ts';
import { addressOf } from './stacks.ts';

const { endpoint, iamLog } = inject('shared');
let api: string;
beforeAll(async () => {
  await deployed();
  await staffed();
  await settled();
  api = await addressOf(endpoint, 'latchkey-example-rest-prod');
}, 300_000);

const call = async ({ token }: Session) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${api}/api/v1/Sessions/1234`, { headers })).status;
};

/** Decisions of IAM about who. */
const decisions = (who: string) =>
  readFileSync(iamLog, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { principal: string; action: string; resource: string })
    .filter(({ principal }) => principal.includes(who));

test('while nothing is revoked, the authorizer is asked once for many calls', async () => {
  const session = await signIn(VISITOR);
  expect(await call(session)).toBe(200);
  const asked = decisions('-AuthorizerRole-').length;
  expect([await call(session), await call(session)]).toEqual([200, 200]);
  expect(decisions('-AuthorizerRole-')).toHaveLength(asked);
});

test('a logout empties the cache, by the role that may flush this API and no other', async () => {
  const session = await signIn(VISITOR);
  expect(await call(session)).toBe(200);
  const flushed = decisions('-FlushRole-').length;
  await signOut(session);
  await expect.poll(() => call(session), { timeout: 20_000 }).toBe(401);
  const [, , , id = ''] = new URL(api).pathname.split('/');
  expect(decisions('-FlushRole-').slice(flushed)[0]).toMatchObject({
    action: 'apigateway:DELETE',
    resource: `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/prod/cache/authorizers`,
  });
}, 30_000);
