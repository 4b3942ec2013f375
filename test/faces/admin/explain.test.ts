/** Why a call is allowed or not, and many resources at once: real functions, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resourceOf } from '../../../lib/verdict/resource.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { outcome } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
let far: Caller;
let clerkToken: string;
let clerk: string;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeUser(service, 'admin@far.com', ['admin'], 'far.com');
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'], 'cdr/files': ['ro'] } });
  await makeRole(service, { name: 'clerk', acl: { book: ['c'] }, parents: ['reader'] });
  await makeUser(service, 'clerk@mydomain.com', ['clerk']);
  root = await service.by('100@mydomain.com');
  far = await service.by('admin@far.com');
  clerkToken = (await service.login('clerk@mydomain.com', 'secret')).token;
  const [user] = await all(service, root, '/users?login=clerk@mydomain.com');
  const [session] = await all(service, root, `/sessions?subject=${user?.['id']}`);
  clerk = String(session?.['id']);
});
afterAll(() => service.stop());

const explain = (call: string, id = clerk, who = root) => {
  const [method = '', path = ''] = call.split(' ');
  return service.admin(who, `GET /sessions/${id}/explain?${new URLSearchParams({ method, path })}`);
};
type Step = { check: string; passed: boolean; detail: string };
const failing = (body: Record<string, unknown>) =>
  (body['steps'] as Step[]).filter(({ passed }) => !passed).map(({ check }) => check);

describe('an explanation', () => {
  test('names every step of a call that is allowed', async () => {
    const { status, body } = await explain('GET /cdr/7');
    expect(status).toBe(200);
    expect(body).toEqual({
      verdict: 'allowed',
      own: false,
      steps: [
        {
          check: 'credential',
          passed: true,
          detail: 'webitel of user clerk@mydomain.com in domain mydomain.com, which is live',
        },
        { check: 'resource', passed: true, detail: 'the path is of resource cdr' },
        { check: 'action', passed: true, detail: 'GET needs the letter r' },
        { check: 'role clerk', passed: true, detail: 'r on cdr: granted' },
        { check: 'all together', passed: true, detail: 'r on cdr: granted' },
      ],
      lacking: [],
    });
  });

  test('says where own objects are all that is granted', async () => {
    expect((await explain('GET /cdr/files/7')).body).toMatchObject({
      verdict: 'allowed',
      own: true,
    });
  });

  test.each([
    ['a letter that no role holds', 'DELETE /cdr/7', ['role clerk', 'all together']],
    ['a path of no resource', 'GET /nowhere', ['resource']],
    ['a path that servers read differently', 'GET /cdr/..%2fbook', ['resource']],
    ['a method that no letter stands for', 'TRACE /cdr', ['action']],
  ])('names the step at which %s is refused', async (_case, call, steps) => {
    const { body } = await explain(call);
    expect(body).toMatchObject({ verdict: 'forbidden', own: false });
    expect(failing(body)).toEqual(steps);
  });

  test('agrees with the authorizer about the same call', async () => {
    const headers = { authorization: `Bearer ${clerkToken}` };
    for (const call of ['GET /cdr', 'POST /book/1', 'PUT /cdr', 'GET /x', 'GET /cdr/files/a']) {
      const judged = await outcome(() => service.authorizer(httpCall(call, headers)));
      const { body } = await explain(call);
      expect([call, body['verdict']]).toEqual([
        call,
        judged.status === 200 ? 'allowed' : 'forbidden',
      ]);
    }
  });

  test("says that a key's own ACL, or its owner's role, is what limits it", async () => {
    const owner = String((await all(service, root, '/users?login=clerk@mydomain.com'))[0]?.['id']);
    const wanted = { owner, name: 'reader', acl: { cdr: ['r'] } };
    const { body: key } = await service.admin(root, 'POST /keys', { body: wanted });
    const id = String(key['id']);
    expect((await explain('GET /cdr', id)).body).toMatchObject({ verdict: 'allowed' });
    const { body } = await explain('POST /book', id);
    expect(body['verdict']).toBe('forbidden');
    expect(failing(body)).toEqual(['acl of the key', 'all together']);
    expect(JSON.stringify(body)).not.toContain(String(key['key']));
  });

  test('says why a credential is dead', async () => {
    const [user] = await all(service, root, '/users?login=clerk@mydomain.com');
    const place = `/users/${user?.['id']}`;
    const { etag } = await service.admin(root, `GET ${place}`);
    await service.admin(root, `PATCH ${place}`, {
      body: { disabled: true },
      headers: { 'if-match': etag },
    });
    expect((await explain('GET /cdr')).body).toMatchObject({
      verdict: 'unauthenticated',
      steps: [{ check: 'credential', passed: false, detail: 'the subject is disabled' }],
    });
  });

  test.each([
    ['of another domain', () => explain('GET /cdr', clerk, far), 404],
    ['with an id that is none', () => explain('GET /cdr', 'nonsense'), 404],
    ['without a path', () => service.admin(root, `GET /sessions/${clerk}/explain?method=GET`), 400],
    ['of a relative path', () => explain('GET cdr'), 400],
    ['of a method in small letters', () => explain('get /cdr'), 400],
  ])('is refused for a session %s', async (_case, ask, status) => {
    expect((await ask()).status).toBe(status);
  });
});

describe('an import of resources', () => {
  const send = (body: object, who = root) => service.admin(who, 'PATCH /resources', { body });
  const registered = async (name: string) =>
    (await all(service, root, '/resources')).find((one) => one['name'] === name);

  test('registers all of them, gives others new patterns, and leaves an event', async () => {
    const resources = { orders: [], 'orders/lines': ['/orders/{id}/lines'], book: [] };
    const expected = { created: ['orders', 'orders/lines'], changed: [], unchanged: ['book'] };
    expect((await send({ resources, dryRun: true })).body).toEqual(expected);
    expect(await registered('orders')).toBeUndefined();
    expect((await send({ resources })).body).toEqual(expected);
    expect(await registered('orders/lines')).toEqual({
      name: 'orders/lines',
      patterns: ['/orders/{id}/lines'],
    });
    const again = { orders: ['/v2/orders'], 'orders/lines': ['/orders/{id}/lines'] };
    expect((await send({ resources: again })).body).toEqual({
      created: [],
      changed: ['orders'],
      unchanged: ['orders/lines'],
    });
    const [event] = await all(service, root, '/audit');
    expect(event).toMatchObject({
      type: 'resources.imported',
      collection: 'resources',
      target: 'orders',
      before: { orders: [] },
      after: { orders: ['/v2/orders'] },
    });
    expect(resourceOf({ orders: ['/v2/orders'] }, '/v2/orders/1')).toBe('orders');
  });

  test.each([
    ['one that is no path', { fine: [], bad: ['no path'] }, 400],
    ['one that would swallow others', { fine: [], bad: ['/{any}/files'] }, 400],
    ['one that guards Latchkey itself', { fine: [], 'admin/users': ['/x'] }, 409],
    ['a name that is none', { fine: [], '../x': [] }, 400],
  ])('with %s registers nothing', async (_case, resources, status) => {
    expect((await send({ resources })).status).toBe(status);
    expect(await registered('fine')).toBeUndefined();
  });

  test.each([
    ['no resources', {}],
    ['a list', { resources: ['cdr'] }],
    ['patterns that are no list', { resources: { cdr: '/cdr' } }],
    ['a name that objects already have', { resources: { constructor: ['/x'] } }],
    ['another member', { resources: {}, force: true }],
  ])('with %s is refused', async (_case, body) => {
    expect((await send(body)).status).toBe(400);
  });

  test('is for root alone', async () => {
    expect((await send({ resources: { mine: [] } }, far)).status).toBe(403);
    expect(await registered('mine')).toBeUndefined();
  });
});
