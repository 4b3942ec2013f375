/** F8: a bound on a token, whatever its user holds: no sign-in fails for it, and no call. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimsOf, sendJson } from '../support/actors/accounts.ts';
import { addUser } from '../support/actors/people.ts';
import { makeRole } from '../support/actors/roles.ts';
import { httpCall } from '../support/calls/events.ts';
import { outcome, type Service, startService } from '../support/running/service.ts';

/** As many roles as a user may have, with names as long as may be. */
const NAMES = Array.from({ length: 50 }, (_, n) => `role-${n}-`.padEnd(64, 'x'));
const RESOURCES = Array.from({ length: 60 }, (_, n) => `${n}-`.padEnd(40, 'y'));

let service: Service;
let username: string;
beforeAll(async () => {
  service = await startService();
  await makeRole(service, { name: NAMES[0] ?? '', acl: { cdr: ['r'] } });
  const acl = Object.fromEntries(RESOURCES.map((name) => [name, ['c', 'r', 'u', 'd'] as const]));
  await makeRole(service, { name: NAMES[1] ?? '', acl: acl as never });
  for (const name of NAMES.slice(2)) await makeRole(service, { name, acl: {} });
  ({ username } = await addUser(service, { roles: NAMES, activated: true }));
}, 120_000);
afterAll(() => service.stop());

test.each([
  ['POST /login', 'token'],
  ['POST /user/auth', 'token'],
  ['POST /api/v1/authenticate', 'token'],
])(
  'F8: %s answers who holds all roles that one may with a token that works',
  async (call, member) => {
    const answer = await service.send(call, sendJson({ username, password: 'secret' }, ''));
    expect(answer.status, answer.text).toBe(200);
    const token = String(answer.body[member]);
    expect(token.length).toBeLessThanOrEqual(8192);
    const headers = { authorization: `Bearer ${token}` };
    const judged = await outcome(() => service.authorizer(httpCall('GET /cdr', headers)));
    expect(judged.status).toBe(200);
    expect(judged.context?.['roles']?.split(' ')).toHaveLength(50);
    const refused = await outcome(() => service.authorizer(httpCall('DELETE /cdr', headers)));
    expect(refused.status).toBe(403);
  },
);

test('F8: the hints of a few roles stay in the token', async () => {
  const { token } = await service.login('200@mydomain.com');
  expect(claimsOf(token)['roles']).toEqual(['user']);
});
