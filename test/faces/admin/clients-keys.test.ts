/** Clients, API keys and domain tokens in the admin API. Real functions, real store. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenOf } from '../../support/actors/clients.ts';
import { DOMAIN, makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance, outcome } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
let admin: Caller;
let far: Caller;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  await makeUser(service, 'admin@far.com', ['admin'], 'far.com');
});
/** Long clocks outlast sessions. */
beforeEach(async () => {
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
  far = await service.by('admin@far.com');
});
afterAll(() => service.stop());

let count = 0;
const addClient = (more: object = {}, who = root) => {
  count += 1;
  const body = { id: `client-${count}`, name: 'Test', roles: ['api'], ...more };
  return service.admin(who, 'POST /clients', { body });
};
const change = (place: string, body: unknown, etag = '*', who = root) =>
  service.admin(who, `PATCH ${place}`, { body, headers: { 'if-match': etag } });
/** Of a change and a deletion by what both have seen, each with its ETag, at once and often. */
async function raced(make: () => Promise<{ place: string; etag: string }>): Promise<string[]> {
  const outcomes = new Set<string>();
  for (let round = 0; round < 12; round++) {
    const { place, etag } = await make();
    const [changed, deleted] = await Promise.all([
      change(place, { disabled: true }, etag),
      service.admin(root, `DELETE ${place}`, { headers: { 'if-match': etag } }),
    ]);
    outcomes.add(`${changed.status} ${deleted.status}`);
    await service.admin(root, `DELETE ${place}`);
  }
  return [...outcomes];
}
/** One of them loses: it is told that the other came first, or that there is nothing any more. */
const ONE_WINS = ['200 412', '404 204', '412 204'];
const use = (headers: Record<string, string>, call: string) =>
  outcome(() => service.authorizer(httpCall(call, headers)));

describe('R2: clients that are registered for no API', () => {
  const listed = async (query = '') => {
    const { status, body } = await service.admin(root, `GET /clients?check=scopes${query}`);
    expect(status).toBe(200);
    const items = body['items'] as { id: string; register: string[] }[];
    return new Map(items.map(({ id, register }) => [id, register]));
  };
  const URIS = { redirectUris: ['https://app.example.com/callback'] };

  test.each<[string, object, string[] | undefined]>([
    ['that act for themselves', { scopes: ['mluviiPublicApi'] }, ['api/v1/Sessions:r']],
    ['that act for users', { ...URIS, scopes: ['openid', 'email'] }, ['full_access']],
    [
      'that do both',
      { ...URIS, grants: ['authorization_code', 'client_credentials'] },
      ['api/v1/Sessions:r', 'full_access'],
    ],
    ['whose roles permit nothing', { roles: [] }, undefined],
    ['but not those that are registered', { ...URIS, scopes: ['openid', 'cdr:ro'] }, undefined],
    ['but not those with full access', { scopes: ['full_access'] }, undefined],
  ])('%s are found, with what to register', async (_case, given, register) => {
    const { body } = await addClient({ scopes: [], ...given });
    expect((await listed()).get(String(body['id']))).toEqual(register);
  });

  test('do as much as before once that is registered', async () => {
    const { body } = await addClient({ scopes: [] });
    const credentials = { id: String(body['id']), secret: String(body['secret']) };
    const status = async () => {
      const headers = { authorization: `Bearer ${await tokenOf(service, credentials)}` };
      return (await use(headers, 'GET /api/v1/Sessions')).status;
    };
    expect(await status()).toBe(403);
    const scopes = (await listed()).get(credentials.id);
    await change(`/clients/${credentials.id}`, { scopes }, '*');
    expect(await status()).toBe(200);
    expect((await listed()).has(credentials.id)).toBe(false);
  });

  test.each(['roles', 'scopes,'])('another check (%j) is a 400', async (check) =>
    expect((await service.admin(root, `GET /clients?check=${check}`)).status).toBe(400),
  );
});

describe('a client', () => {
  test('is made with a secret that is shown once, changed and deleted', async () => {
    const made = await addClient({ scopes: ['mluviiPublicApi', 'api/v1/Sessions:r'] });
    const { secret, ...rest } = made.body;
    const id = String(rest['id']);
    expect(made.status).toBe(201);
    expect(made.headers['location']).toBe(`/admin/api/clients/${id}`);
    expect(rest).toMatchObject({ domain: DOMAIN, roles: ['api'], secrets: [{ until: null }] });
    const read = await service.admin(root, `GET /clients/${id}`);
    expect([read.body, read.etag]).toEqual([rest, made.etag]);
    const token = await tokenOf(service, { id, secret: String(secret) });
    const headers = { authorization: `Bearer ${token}` };
    expect((await use(headers, 'GET /api/v1/Sessions')).status).toBe(200);

    const changed = await change(`/clients/${id}`, { disabled: true }, read.etag);
    expect(changed).toMatchObject({ status: 200, body: { disabled: true, name: 'Test' } });
    expect((await use(headers, 'GET /api/v1/Sessions')).status).toBe(401);
    expect((await service.admin(root, `DELETE /clients/${id}`)).status).toBe(204);
    expect((await service.admin(root, `DELETE /clients/${id}`)).status).toBe(204);
    expect((await service.admin(root, `GET /clients/${id}`)).status).toBe(404);
  });

  test('gets another secret; both work while they overlap', async () => {
    const made = await addClient();
    const [id, old] = [String(made.body['id']), String(made.body['secret'])];
    const place = `POST /clients/${id}/secret`;
    const renewed = await service.admin(root, place, { body: { overlap: 60 } });
    expect(renewed).toMatchObject({ status: 200, body: { secrets: [{ until: null }, {}] } });
    const secret = String(renewed.body['secret']);
    await tokenOf(service, { id, secret: old });
    await tokenOf(service, { id, secret });
    advance(60);
    await expect(tokenOf(service, { id, secret: old })).rejects.toThrow('401');
    expect((await service.admin(root, place)).status).toBe(200);
    await expect(tokenOf(service, { id, secret })).rejects.toThrow('401');
  });

  const CALLBACK = 'https://app.example.com/callback';
  const KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };

  test('for users is made with all that it says, and shown as it is', async () => {
    const said = {
      authentication: 'none',
      redirectUris: [CALLBACK],
      postLogoutRedirectUris: [CALLBACK],
      grants: ['authorization_code'],
      consent: 'never',
      idTokenAlgorithm: 'ES256',
      idTokenClaims: 'scope',
      accessTokenType: 'JWT',
      defaultMaxAge: 60,
      requireAuthTime: true,
      backchannelLogoutUri: 'https://app.example.com/logout',
      allowedOrigins: ['https://app.example.com'],
    };
    const made = await service.admin(root, 'POST /clients', {
      body: { id: 'spa', name: 'SPA', ...said },
    });
    expect(made).toMatchObject({ status: 201, body: { ...said, pkce: 'required', secrets: [] } });
    expect(made.body).not.toHaveProperty('secret');
    expect((await service.admin(root, 'GET /clients/spa')).body).toEqual(made.body);
    const renewed = await service.admin(root, 'POST /clients/spa/secret');
    expect(renewed).toMatchObject({ status: 400, body: { errors: [{ field: 'authentication' }] } });
  });

  test('is changed to another way of authentication, and its secret is gone', async () => {
    const { body } = await service.admin(root, 'POST /clients', {
      body: { id: 'web', name: 'Web', redirectUris: [CALLBACK], defaultMaxAge: 60 },
    });
    expect(body).toMatchObject({ secret: expect.any(String), pkce: 'required' });
    const change = (wanted: object) =>
      service.admin(root, 'PATCH /clients/web', { body: wanted, headers: { 'if-match': '*' } });
    const byKey = { authentication: 'private_key_jwt', jwks: { keys: [KEY] } };
    expect(await change(byKey)).toMatchObject({ status: 200, body: { ...byKey, secrets: [] } });
    const away = await change({ defaultMaxAge: null, jwks: null, authentication: 'none' });
    expect(away.status).toBe(200);
    for (const name of ['defaultMaxAge', 'jwks']) expect(away.body).not.toHaveProperty(name);
  });

  test.each<[string, object]>([
    ['redirectUris', { redirectUris: ['http://app.example.com/'] }],
    ['redirectUris', { redirectUris: [] }],
    ['jwks', { authentication: 'private_key_jwt' }],
    ['authentication', { authentication: 'tls_client_auth' }],
    ['pkce', { pkce: 'plain' }],
    ['pkce', { pkce: null }],
    ['grants.0', { grants: ['password'] }],
    ['grants', { grants: [] }],
    ['idTokenAlgorithm', { idTokenAlgorithm: 'none' }],
    ['idTokenClaims', { idTokenClaims: 'all' }],
    ['idTokenClaims', { idTokenClaims: true }],
    ['accessTokenType', { accessTokenType: 'jwt' }],
    ['accessTokenType', { accessTokenType: null }],
    ['defaultMaxAge', { defaultMaxAge: -1 }],
    ['requireAuthTime', { requireAuthTime: 'yes' }],
  ])('is not changed by a %s that cannot be: %j', async (field, wanted) => {
    await service.admin(root, 'POST /clients', {
      body: { id: 'kept', name: 'Kept', redirectUris: [CALLBACK] },
    });
    const before = await service.admin(root, 'GET /clients/kept');
    const headers = { 'if-match': '*' };
    const { status, body } = await service.admin(root, 'PATCH /clients/kept', {
      body: wanted,
      headers,
    });
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    expect((await service.admin(root, 'GET /clients/kept')).body).toEqual(before.body);
  });

  test('of two who renew its secret at once one is refused', async () => {
    const made = await addClient();
    const place = `POST /clients/${made.body['id']}/secret`;
    let writers = 0;
    const together = Promise.withResolvers<void>();
    service.dynamodb.inject(async ({ action }) => {
      if (action !== 'TransactWriteItems') return undefined;
      writers += 1;
      if (writers === 2) together.resolve();
      await together.promise;
      return undefined;
    });
    const both = await Promise.all([1, 2].map(() => service.admin(root, place)));
    service.dynamodb.heal();
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test.each<[string, object, string]>([
    ['an id like a user’s', { id: '0123456789abcdef01234567' }, 'id'],
    ['an id of our own', { id: 'settings' }, 'id'],
    ['a scope that is none', { scopes: ['a b'] }, 'scopes'],
    ['a role that is not there', { roles: ['ghost'] }, 'roles'],
    ['an unknown member', { secret: 'mine' }, 'secret'],
  ])('is refused with %s', async (_case, more, field) => {
    expect(await addClient(more)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('is refused with an id that is taken, also by a client of another domain', async () => {
    const { body } = await addClient();
    const again = await addClient({ id: body['id'], roles: [] }, far);
    expect([again.status, again.body['errors']]).toEqual([
      409,
      [{ field: 'id', detail: 'is taken' }],
    ]);
  });

  test('is out of reach for another domain, and beyond whom it outranks', async () => {
    const made = await addClient({ roles: ['root'] });
    const place = `/clients/${made.body['id']}`;
    expect((await service.admin(far, `GET ${place}`)).status).toBe(404);
    expect((await change(place, {}, '*', far)).status).toBe(404);
    expect((await service.admin(far, `POST ${place}/secret`)).status).toBe(404);
    expect((await service.admin(far, `DELETE ${place}`)).status).toBe(204);
    expect((await change(place, { name: 'x' }, '*', admin)).status).toBe(403);
    expect((await service.admin(admin, `POST ${place}/secret`)).status).toBe(403);
    expect((await addClient({ roles: ['root'] }, admin)).status).toBe(403);
    expect((await service.admin(root, `GET ${place}`)).status).toBe(200);
    const seen = await all(service, far, '/clients', 1);
    expect(seen).toEqual([]);
  });

  describe('that asks nobody (consent: never)', () => {
    const addSilent = (id: string, more: object = {}, who = root) =>
      service.admin(who, 'POST /clients', {
        body: { id, name: 'Silent', redirectUris: [CALLBACK], consent: 'never', ...more },
      });
    const consentOf = async (id: string) =>
      (await service.admin(root, `GET /clients/${id}`)).body['consent'];

    test('is made by root alone, not by a key of root that may do less', async () => {
      const acl = { 'admin/clients': ['*'] };
      const key = await service.admin(root, 'POST /keys', { body: { name: 'less', acl } });
      const byKey = { headers: { 'x-api-key': String(key.body['key']) } };
      for (const who of [admin, byKey]) {
        expect((await addSilent('sly', {}, who)).status).toBe(403);
        expect((await service.admin(root, 'GET /clients/sly')).status).toBe(404);
        // A key makes no client at all.
        const maker = who === byKey ? root : who;
        expect((await addSilent('asking', { consent: 'ask' }, maker)).status).toBe(201);
        expect((await change('/clients/asking', { consent: 'never' }, '*', who)).status).toBe(403);
        expect(await consentOf('asking')).toBe('ask');
        expect((await service.admin(who, 'DELETE /clients/asking')).status).toBe(204);
      }
      expect((await addSilent('of-root')).status).toBe(201);
      expect((await addSilent('asked', { consent: 'ask' })).status).toBe(201);
      expect((await change('/clients/asked', { consent: 'never' })).status).toBe(200);
    });

    test.each<[string, object]>([
      ['redirectUris', { redirectUris: ['https://evil.example/cb'] }],
      ['redirectUris, with what is allowed', { disabled: true, redirectUris: [CALLBACK, 'a.b:/'] }],
      ['consent', { consent: 'ask' }],
      ['authentication', { authentication: 'none' }],
      ['name', { name: 'Other' }],
      ['scopes', { scopes: ['openid'] }],
      ['roles', { roles: ['user'] }],
      ['backchannelLogoutUri', { backchannelLogoutUri: 'https://evil.example/logout' }],
      [
        'brand, to which its login page leads',
        { brand: { name: 'S', help: 'https://evil.example/' } },
      ],
      ['brand, with what is allowed', { disabled: true, brand: { name: 'S' } }],
    ])('is not changed in its %s but by root', async (_field, wanted) => {
      await addSilent('kept-silent');
      const before = await service.admin(root, 'GET /clients/kept-silent');
      expect((await change('/clients/kept-silent', wanted, '*', admin)).status).toBe(403);
      expect((await service.admin(root, 'GET /clients/kept-silent')).body).toEqual(before.body);
    });

    test('gets a new secret from root alone; another administrator switches it off, not on', async () => {
      await addSilent('switched');
      const secret = 'POST /clients/switched/secret';
      expect((await service.admin(admin, secret)).status).toBe(403);
      expect((await service.admin(root, secret)).status).toBe(200);
      const turn = (disabled: boolean, who = root) =>
        change('/clients/switched', { disabled }, '*', who);
      expect(await turn(true, admin)).toMatchObject({ status: 200, body: { disabled: true } });
      expect((await turn(false, admin)).status).toBe(403);
      expect((await turn(false)).status).toBe(200);
      expect((await service.admin(admin, 'DELETE /clients/switched')).status).toBe(204);
      expect((await addSilent('switched', {}, admin)).status).toBe(403);
    });
  });

  test('made again under its id has no key of the one before', async () => {
    const { body } = await addClient({ id: 'again' });
    const key = await service.admin(root, 'POST /keys', {
      body: { owner: 'again', name: 'k', acl: { 'api/v1/Sessions': ['r'] } },
    });
    const headers = { 'x-api-key': String(key.body['key']) };
    expect((await use(headers, 'GET /api/v1/Sessions')).status).toBe(200);
    await service.admin(root, `DELETE /clients/${body['id']}`);
    expect((await addClient({ id: 'again' })).status).toBe(201);
    expect((await use(headers, 'GET /api/v1/Sessions')).status).toBe(401);
  });
});

describe('an API key', () => {
  const add = async (more: object = {}, who = root) => {
    const body = { owner: `domain#${DOMAIN}`, name: 'a machine', roles: ['reader'], ...more };
    return service.admin(who, 'POST /keys', { body });
  };

  test('is made with a text that is shown once, used, switched, renewed and deleted', async () => {
    const made = await add();
    const { key, ...rest } = made.body;
    const place = `/keys/${rest['id']}`;
    expect([made.status, made.headers['location']]).toEqual([201, `/admin/api${place}`]);
    expect((await use({ 'x-api-key': String(key) }, 'GET /cdr')).status).toBe(200);
    const read = await service.admin(root, `GET ${place}`);
    const seen = {
      lastUsed: expect.any(Number),
      calls: 1,
      ownerName: DOMAIN,
      left: { cdr: ['r'] },
    };
    expect(read.body).toEqual({ ...rest, ...seen });
    expect(read.etag).toBe(made.etag);

    const off = await change(place, { disabled: true }, read.etag);
    expect([off.status, off.body['disabled']]).toEqual([200, true]);
    expect((await use({ 'x-api-key': String(key) }, 'GET /cdr')).status).toBe(401);
    expect((await change(place, { disabled: false }, read.etag)).status).toBe(412);
    await change(place, { disabled: false }, off.etag);

    const renewed = await service.admin(root, `POST ${place}/secret`, { body: { overlap: 0 } });
    expect(renewed.status).toBe(200);
    expect((await use({ 'x-api-key': String(key) }, 'GET /cdr')).status).toBe(401);
    const next = { 'x-api-key': String(renewed.body['key']) };
    expect((await use(next, 'GET /cdr')).status).toBe(200);
    const stale = { headers: { 'if-match': made.etag } };
    expect((await service.admin(root, `DELETE ${place}`, stale)).status).toBe(412);
    expect((await service.admin(root, `DELETE ${place}`)).status).toBe(204);
    expect((await service.admin(root, `DELETE ${place}`)).status).toBe(204);
    expect((await use(next, 'GET /cdr')).status).toBe(401);
  });

  test('is the caller’s own where no owner is named, and gives no more than the caller has', async () => {
    const made = await service.admin(admin, 'POST /keys', { body: { name: 'mine' } });
    const own = await all(service, admin, '/keys', 1);
    expect(own.map(({ id }) => id)).toContain(made.body['id']);
    const byKey = { headers: { 'x-api-key': String(made.body['key']) } };
    expect((await service.admin(byKey, 'GET /users')).status).toBe(200);
    expect((await add({ roles: ['root'] }, byKey)).status).toBe(403);
    expect((await add({ roles: undefined, acl: { gateway: ['r'] } }, byKey)).status).toBe(403);
  });

  test.each<[string, object, string]>([
    ['an unknown letter', { roles: undefined, acl: { cdr: ['x'] } }, 'acl.cdr.0'],
    ['an unknown resource', { roles: undefined, acl: { ghost: ['r'] } }, 'acl'],
    ['roles and an ACL', { acl: { cdr: ['r'] } }, 'acl'],
    ['an end that has passed', { expiresAt: 1 }, 'expiresAt'],
    ['an end that is no number', { expiresAt: 'soon' }, 'expiresAt'],
    ['an empty name', { name: '' }, 'name'],
    ['a name that ends the line of its mail', { name: 'ci\r\nBcc: x@example.com' }, 'name'],
  ])('is refused with %s', async (_case, more, field) => {
    expect(await add(more)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('that is changed and deleted at once, by one ETag: only one of them happens', async () => {
    const make = async () => {
      const { body, etag } = await add({});
      return { place: `/keys/${body['id']}`, etag };
    };
    expect(ONE_WINS).toEqual(expect.arrayContaining(await raced(make)));
  });

  test('of root is not made, changed or deleted by whoever is no root', async () => {
    const [self] = await all(service, root, '/users?login=100@mydomain.com');
    const acl = { 'admin/users': ['*'], users: ['*'] };
    const more = { owner: self?.['id'], roles: undefined, acl };
    expect((await add(more, admin)).status).toBe(403);
    const made = await add(more);
    const place = `/keys/${made.body['id']}`;
    for (const disabled of [true, false])
      expect((await change(place, { disabled }, '*', admin)).status).toBe(403);
    expect((await service.admin(admin, `POST ${place}/secret`)).status).toBe(403);
    expect((await service.admin(admin, `DELETE ${place}`)).status).toBe(403);
    const left = await service.admin(root, `GET ${place}`);
    expect([left.body['disabled'], left.etag]).toEqual([false, made.etag]);
  });

  test('is out of reach for another domain, as if it were not there', async () => {
    const made = await add();
    const place = `/keys/${made.body['id']}`;
    const hidden = await service.admin(far, `GET ${place}`);
    const owner = Buffer.from('["ghost","key-1"]').toString('base64url');
    const absent = await service.admin(far, `GET /keys/${owner}`);
    expect([hidden.status, hidden.body]).toEqual([404, absent.body]);
    expect((await change(place, { disabled: true }, '*', far)).status).toBe(404);
    expect((await service.admin(far, `POST ${place}/secret`)).status).toBe(404);
    expect((await service.admin(far, `DELETE ${place}`)).status).toBe(204);
    expect((await service.admin(root, `GET ${place}`)).status).toBe(200);
    const listed = `GET /keys?owner=${encodeURIComponent(`domain#${DOMAIN}`)}`;
    expect((await service.admin(far, listed)).status).toBe(404);
    expect((await add({}, far)).status).toBe(404);
  });

  test('is named by the id in its text, too, but not by the whole text', async () => {
    const made = await add();
    const text = String(made.body['key']);
    const id = text.slice(3, text.lastIndexOf('_'));
    for (const given of [id, `lk_${id}`])
      expect((await service.admin(root, `GET /keys/${given}`)).body).toMatchObject({
        id: made.body['id'],
      });
    for (const given of [text, text.slice(0, -40), `x${id}`])
      expect((await change(`/keys/${given}`, { disabled: true })).status).toBe(404);
    expect((await change(`/keys/lk_${id}`, { disabled: true }, '*', far)).status).toBe(404);
    expect((await service.admin(root, `GET /domain-tokens/lk_${id}`)).status).toBe(404);
    expect((await use({ 'x-api-key': text }, 'GET /cdr')).status).toBe(200);
    expect((await change(`/keys/lk_${id}`, { disabled: true }, made.etag)).status).toBe(200);
    expect((await use({ 'x-api-key': text }, 'GET /cdr')).status).toBe(401);
  });

  test.each(['nonsense', 'e30', 'W10', 'WyJhIl0', 'WzEsMl0'])(
    'with the id %j is not there',
    async (id) => {
      expect((await service.admin(root, `GET /keys/${id}`)).status).toBe(404);
    },
  );
});

describe('a domain token', () => {
  async function issue(role = 'reader', who = root): Promise<string> {
    const call = `POST /api/v2/domains/${DOMAIN}/settings/token`;
    const { status, body } = await service.send(call, {
      headers: { 'content-type': 'application/json', ...who.headers },
      body: JSON.stringify({ role, expire: Date.now() + 3_600_000 }),
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return String((body['info'] as { token: string }).token);
  }

  test('is listed, switched off and on, and deleted', async () => {
    const headers = { 'x-access-token': await issue() };
    expect((await use(headers, 'GET /cdr')).status).toBe(200);
    const [token] = await all(service, admin, '/domain-tokens', 1);
    expect(token).toMatchObject({ domain: DOMAIN, role: 'reader', disabled: false });
    const place = `/domain-tokens/${token?.['id']}`;
    const { etag, body } = await service.admin(root, `GET ${place}`);
    expect(body).toEqual(token);
    const off = await change(place, { disabled: true }, etag);
    expect([off.status, off.body['disabled']]).toEqual([200, true]);
    expect((await use(headers, 'GET /cdr')).status).toBe(401);
    expect((await change(place, { disabled: false }, etag)).status).toBe(412);
    // To switch it on is to give its role away.
    expect((await change(place, { disabled: false }, '*', admin)).status).toBe(403);
    expect((await change(place, { disabled: false })).status).toBe(200);
    expect((await use(headers, 'GET /cdr')).status).toBe(200);
    expect((await service.admin(far, `GET ${place}`)).status).toBe(404);
    expect((await service.admin(far, `DELETE ${place}`)).status).toBe(204);
    expect((await service.admin(root, `DELETE ${place}`)).status).toBe(204);
    expect((await service.admin(root, `DELETE ${place}`)).status).toBe(204);
    expect((await use(headers, 'GET /cdr')).status).toBe(401);
    expect(await all(service, far, `/domain-tokens?domain=${DOMAIN}`)).toEqual([]);
  });

  test('that is changed and deleted at once, by one ETag: only one of them happens', async () => {
    const make = async () => {
      await issue();
      const [token] = await all(service, admin, '/domain-tokens', 1);
      const place = `/domain-tokens/${token?.['id']}`;
      return { place, etag: (await service.admin(root, `GET ${place}`)).etag };
    };
    expect(ONE_WINS).toEqual(expect.arrayContaining(await raced(make)));
  });
});
