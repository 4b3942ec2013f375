/** S1: Faveo's own clients send `?token=…`; its two paths take it, and no other path does. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sessionOf } from '../../support/actors/sessions.ts';
import {
  bearer,
  type Credential,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let user: Credential;
let root: Credential;
beforeAll(async () => {
  service = await startService();
  user = await sessionOf(service, '200@mydomain.com');
  root = await sessionOf(service, '100@mydomain.com');
});
afterAll(() => service.stop());

const USER = 'GET /api/v1/authenticate/user';
const KEY = 'GET /api/v1/helpdesk/api_key';
const query = ({ token }: Credential) => `token=${token}`;

describe('S1: a token in the query', () => {
  test('is the caller’s at the two paths of Faveo', async () => {
    const profile = await service.send(USER, { query: query(user) });
    expect([profile.status, profile.headers['cache-control']]).toEqual([200, 'no-store']);
    expect((await service.send(KEY, { query: query(root) })).status).toBe(200);
    expect((await service.send(KEY, { query: query(user) })).status).toBe(403);
  });
  test.each([
    'GET /api/v2/whoami',
    'GET /user',
    'GET /users/count',
    'GET /oauth/userinfo',
    'GET /api/v2/acl/roles',
  ])('is nothing at %s', async (call) =>
    expect((await service.send(call, { query: query(root) })).status).toBe(401),
  );
  test('beside a header is two credentials, even the same one', async () => {
    for (const headers of [
      bearer(user),
      { 'x-access-token': user.token, 'x-key': user.key },
      { authorization: 'Basic eDp5' },
    ])
      expect((await service.send(USER, { query: query(user), headers })).status).toBe(401);
  });
  test.each([
    ['twice', () => `${query(user)}&${query(user)}`, 400],
    ['that is no text', () => 'token=%e9', 400],
    ['that is none', () => 'token=abc', 401],
    ['empty', () => 'token=', 401],
    ['that is two', () => `token=${user.token}%2CBearer%20${user.token}`, 401],
  ])('%s is refused', async (_case, sent, status) =>
    expect((await service.send(USER, { query: sent() })).status).toBe(status),
  );
  test('is in no log', async () => {
    const lines: unknown[] = [];
    const spies = (['log', 'error', 'warn', 'info'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((line) => void lines.push(line)),
    );
    const dead = `${user.token.slice(0, -4)}AAAA`;
    await service.send(USER, { query: `token=${dead}` });
    for (const spy of spies) spy.mockRestore();
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain(dead.slice(-20));
  });
});
