/**
 * An API that keeps the authorizer's answers for five minutes, and how a revocation gets there: the stream
 * of a table, `flush`, and the cache of the API.
 */
import { beforeAll, expect, inject, test } from 'vitest';
import { type Session, signIn, signOut, staffed, VISITOR } from './callers.ts';
import { decisionsOf } from './decisions.ts';
import { deployed, settled } from './prod.ts';
import { addressOf } from './stacks.ts';

const { endpoint } = inject('shared');
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

// A flush for what was revoked before may come in between, and is right to.
test('while nothing is revoked, the authorizer is asked once for many calls', {
  retry: 5,
}, async () => {
  const session = await signIn(VISITOR);
  expect(await call(session)).toBe(200);
  const asked = decisionsOf('-AuthorizerRole-').length;
  expect([await call(session), await call(session)]).toEqual([200, 200]);
  expect(decisionsOf('-AuthorizerRole-')).toHaveLength(asked);
});

test('a logout empties the cache, by the role that may flush this API and no other', async () => {
  const session = await signIn(VISITOR);
  expect(await call(session)).toBe(200);
  const flushed = decisionsOf('-FlushRole-').length;
  await signOut(session);
  await expect.poll(() => call(session), { timeout: 20_000 }).toBe(401);
  const [, , , id = ''] = new URL(api).pathname.split('/');
  // A flush for what was revoked before may have come first, and its own comes after.
  const first = () => decisionsOf('-FlushRole-').slice(flushed)[0];
  await expect.poll(first, { timeout: 20_000 }).toMatchObject({
    action: 'apigateway:DELETE',
    resource: `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/prod/cache/authorizers`,
  });
}, 60_000);
