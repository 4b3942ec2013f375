/** POST /login, the Webitel dialect. Real handler, real store, real keys; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Service, START, startService } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const login = (body: unknown, headers = { 'content-type': 'application/json' }) =>
  service.postLogin({ headers, body: JSON.stringify(body) });

describe('POST /login', () => {
  test('answers every documented field, with expires in milliseconds', async () => {
    const { status, body } = await login({ username: '200@mydomain.com', password: 'secret' });
    expect(status).toBe(200);
    expect(body).toEqual({
      key: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      username: '200@mydomain.com',
      expires: START.getTime() + 86_400_000,
      role: 0,
      roleName: 'user',
      acl: { cdr: ['r'], 'cdr/files': ['ro'], book: ['c', 'r', 'u', 'd'] },
      cdr: { host: 'http://cdr:10023', useProxy: 'true' },
    });
  });
});
