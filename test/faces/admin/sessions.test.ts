/** Sessions in the admin API, whichever face opened them. Real functions, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf } from '../../../lib/faces/admin/opaque-id.ts';
import { claimsOf, sendJson } from '../../support/actors/accounts.ts';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
import { agree, tokensOf } from '../../support/actors/grants.ts';
import { DOMAIN, makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { outcome } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
let admin: Caller;
let far: Caller;
let userId: string;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeUser(service, 'admin@far.com', ['admin'], 'far.com');
  await makeRole(service, { name: 'own', acl: { 'admin/sessions': ['ro', 'do'], cdr: ['r'] } });
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
  far = await service.by('admin@far.com');
  const [user] = await all(service, root, '/users?login=abc@example.com');
  userId = String(user?.['id']);
});
afterAll(() => service.stop());

const use = async (token: string, call = 'GET /cdr') =>
  (await outcome(() => service.authorizer(httpCall(call, { authorization: `Bearer ${token}` }))))
    .status;
const user = { username: 'abc@example.com', password: 'abc321' };
const OPENED: Record<string, () => Promise<string>> = {
  webitel: async () => (await service.login(user.username, user.password)).token,
  appmixer: async () =>
    String((await service.send('POST /user/auth', sendJson(user))).body['token']),
  faveo: async () =>
    String((await service.send('POST /api/v1/authenticate', sendJson(user))).body['token']),
};
const open = (kind: string): Promise<string> => OPENED[kind]?.() ?? Promise.reject(kind);
const sessionOf = async (token: string, subject = userId, who = root) => {
  const seen = await all(service, who, `/sessions?subject=${subject}`, 2);
  const key = String(claimsOf(token)['sid']);
  return seen.find(({ id }) => Buffer.from(String(id), 'base64url').toString('utf8').includes(key));
};

describe.each(['webitel', 'appmixer', 'faveo'])('a session opened in the %s dialect', (kind) => {
  test('is listed, ended by an administrator, and refused at the next call', async () => {
    const token = await open(kind);
    expect(await use(token)).toBe(200);
    const session = await sessionOf(token);
    expect(session).toMatchObject({ subject: userId, kind, client: kind, current: false });
    expect(session).toMatchObject({ expiresAt: expect.any(Number), ip: '192.0.2.1' });
    const place = `/sessions/${session?.['id']}`;
    expect((await service.admin(root, `GET ${place}`)).body).toEqual(session);
    expect((await service.admin(far, `GET ${place}`)).status).toBe(404);
    expect((await service.admin(far, `DELETE ${place}`)).status).toBe(204);
    expect(await use(token)).toBe(200);
    expect((await service.admin(admin, `DELETE ${place}`)).status).toBe(204);
    expect(await use(token)).toBe(401);
    expect((await service.admin(admin, `DELETE ${place}`)).status).toBe(204);
    expect((await service.admin(root, `GET ${place}`)).status).toBe(404);
    expect(await sessionOf(token)).toBeUndefined();
  });
});

test('all sessions of a subject end at once, and later ones live', async () => {
  const tokens = await Promise.all(Object.keys(OPENED).map(open));
  expect((await service.admin(far, `DELETE /sessions?subject=${userId}`)).status).toBe(404);
  expect((await service.admin(admin, `DELETE /sessions?subject=${userId}`)).status).toBe(204);
  for (const token of tokens) expect(await use(token)).toBe(401);
  expect(await all(service, root, `/sessions?subject=${userId}`)).toEqual([]);
  expect(await use(await open('webitel'))).toBe(200);
});

test('a client’s token ends with its session', async () => {
  const client = await addClient(service);
  const token = await tokenOf(service, client);
  expect(await use(token, 'GET /api/v1/Sessions')).toBe(200);
  const session = await sessionOf(token, client.id);
  expect(session).toMatchObject({ kind: 'client_credentials', client: client.id });
  await service.admin(root, `DELETE /sessions/${session?.['id']}`);
  expect(await use(token, 'GET /api/v1/Sessions')).toBe(401);
});

test('a domain is signed out as a whole, but for its keys', async () => {
  const token = await open('appmixer');
  const body = { owner: `domain#${DOMAIN}`, name: 'k', acl: { cdr: ['r'] } };
  const key = String((await service.admin(root, 'POST /keys', { body })).body['key']);
  expect((await service.admin(far, `DELETE /sessions?domain=${DOMAIN}`)).status).toBe(404);
  expect((await service.admin(far, 'DELETE /sessions?domain=ghost.com')).status).toBe(404);
  expect((await service.admin(admin, `DELETE /sessions?domain=${DOMAIN}`)).status).toBe(204);
  expect(await use(token)).toBe(401);
  expect(await use(key)).toBe(200);
  // The administrators' own sessions, too; another domain's live.
  expect((await service.admin(admin, 'GET /sessions')).status).toBe(401);
  expect((await service.admin(far, 'GET /sessions')).status).toBe(200);
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
});

test('nobody ends the sessions of somebody who holds more', async () => {
  const [boss] = await all(service, root, '/users?login=100@mydomain.com');
  const subject = String(boss?.['id']);
  const [session] = await all(service, admin, `/sessions?subject=${subject}`);
  expect((await service.admin(admin, `DELETE /sessions/${session?.['id']}`)).status).toBe(403);
  expect((await service.admin(admin, `DELETE /sessions?subject=${subject}`)).status).toBe(403);
  expect((await service.admin(root, 'GET /sessions')).status).toBe(200);
});

test('where the ACL grants own objects only, everybody ends their own', async () => {
  await makeUser(service, 'self', ['own']);
  const self = await service.by('self');
  const other = await service.login('self');
  expect((await service.admin(self, `GET /sessions?subject=${userId}`)).status).toBe(404);
  const mine = await all(service, self, '/sessions', 1);
  expect(mine.map(({ current }) => current).sort()).toEqual([false, true]);
  const session = mine.find(({ current }) => !current);
  expect((await service.admin(self, `DELETE /sessions/${session?.['id']}`)).status).toBe(204);
  expect(await use(other.token)).toBe(401);
  expect((await service.admin(self, 'GET /sessions')).status).toBe(200);
});

test.each([
  ['nobody is named', ''],
  ['two are named', '?subject=a&domain=b'],
  ['an unknown parameter is named', '?user=a'],
])('nobody is signed out when %s', async (_case, query) => {
  expect((await service.admin(root, `DELETE /sessions${query}`)).status).toBe(400);
});

describe('OAuth clients hear of it (Back-Channel Logout §2.5)', () => {
  /** What was put into the queue meanwhile. */
  async function queued(call: string): Promise<unknown[]> {
    // What the tests before have ended is spread by then.
    await service.readEvents();
    await new Promise((resolve) => setTimeout(resolve, 500));
    service.queue.requests.length = 0;
    expect((await service.admin(root, call)).status).toBe(204);
    await service.readEvents();
    return service.queue.requests
      .filter(({ body }) => String(body['QueueUrl']).endsWith('/logouts') && body['Entries'])
      .flatMap(({ body }) => body['Entries'] as { MessageBody: string }[])
      .map(({ MessageBody }) => JSON.parse(MessageBody));
  }
  test('when a browser is signed out, whoever was granted something in it', async () => {
    const { browser } = await agree(service);
    expect(await queued(`DELETE /sessions/${idOf(browser.name)}`)).toEqual([
      { subject: browser.name.subject },
    ]);
  });

  test('when a grant is ended, its client, since nobody could find it any more', async () => {
    const agreed = await agree(service, { scope: 'openid offline_access' });
    const { id } = await tokensOf(service, agreed);
    const { sub: subject, sid: key } = claimsOf(id) as { sub: string; sid: string };
    expect(await queued(`DELETE /sessions/${idOf({ subject, key })}`)).toEqual([
      { subject, client: agreed.client.id, sid: key },
      { subject },
    ]);
  });

  test('when a user is signed out everywhere', async () => {
    const { browser } = await agree(service);
    const { subject } = browser.name;
    expect(await queued(`DELETE /sessions?subject=${subject}`)).toEqual([{ subject }]);
  });

  test('and not when nothing has ended', async () => {
    expect(await queued(`DELETE /sessions/${idOf({ subject: userId, key: 'gone' })}`)).toEqual([]);
  });
});
