/** What no field, id or key can hold: a refusal that says so, never a fault, and no trace in the log. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DOMAIN, makeDomain, makeRole, makeUser } from '../support/actors/roles.ts';
import { httpCall } from '../support/calls/events.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';
import { outcome } from '../support/running/service.ts';

/** In every text that these tests send. */
const CANARY = 'cAnArY';
const LONE = `${CANARY}\ud800`;
const LONG = CANARY.padEnd(3000, 'a');

let service: Admin;
let root: Caller;
let userId: string;
const log: string[] = [];

beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
  await makeDomain(service, 'bad.com');
  await makeRole(service, { name: 'bad', acl: { cdr: ['r'] } });
  ({ id: userId } = await makeUser(service, 'bad@bad.com', ['user'], 'bad.com'));
});
afterAll(() => service.stop());
beforeEach(() => {
  log.length = 0;
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line) => void log.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(log.filter((line) => line.includes(CANARY))).toEqual([]);
  expect(log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

const idOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
const admin = (call: string, body?: unknown) =>
  service.admin(root, call, { body, headers: { 'if-match': '*' } });
const json = (body: unknown) => ({
  headers: { ...root.headers, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('an id that nothing can be stored under is one of nothing:', () => {
  test.each([
    ['a session of a subject too long', 'sessions', idOf(LONG, 'x')],
    ['a session too long', 'sessions', idOf('x', LONG)],
    ['a session of an ill-formed subject', 'sessions', idOf(LONE, 'x')],
    ['an ill-formed session', 'sessions', idOf('x', LONE)],
    ['a session of 1,000 characters, but more bytes', 'sessions', idOf('x', '漢'.repeat(1000))],
    ['a key too long', 'keys', idOf('x', `key-${LONG}`)],
    ['a key of an ill-formed owner', 'keys', idOf(LONE, 'key-x')],
    ['a domain token too long', 'domain-tokens', idOf(`domain#${DOMAIN}`, LONG)],
    ['an ill-formed domain token', 'domain-tokens', idOf(`domain#${DOMAIN}`, LONE)],
    ['a domain too long', 'domains', LONG],
    ['a user too long', 'users', LONG],
    ['a client too long', 'clients', LONG],
    ['a role too long', 'roles', LONG],
    ['a resource too long', 'resources', LONG],
  ])('%s', async (_case, collection, id) => {
    expect((await admin(`GET /${collection}/${id}`)).status).toBe(404);
    expect((await admin(`DELETE /${collection}/${id}`)).status).toBe(204);
  });

  test('a session or a key of a user that there is', async () => {
    for (const key of [LONG, LONE, `key-${LONG}`]) {
      expect((await admin(`GET /sessions/${idOf(userId, key)}`)).status).toBe(404);
      const why = await admin(`GET /sessions/${idOf(userId, key)}/explain?method=GET&path=/cdr`);
      expect(why.status).toBe(200);
      expect((await admin(`GET /keys/${idOf(userId, key)}`)).status).toBe(404);
    }
  });

  test.each([
    'GET /api/v2/domains/$/settings/token',
    `DELETE /api/v2/domains/${DOMAIN}/settings/token/$`,
    'DELETE /api/v2/domains/$/settings/token/x',
    'GET /api/v2/acl/roles/$',
    'GET /users/$',
    'DELETE /users/$',
    'GET /users/$/delete-status/x',
    'GET /users/$/delete-status/$',
  ])('%s', async (call) => {
    const { headers } = root;
    const { status } = await service.send(call.replaceAll('$', LONG), { headers });
    expect(status).toBeLessThan(500);
  });

  test('the ticket of a deletion', async () => {
    const call = `GET /users/${userId}/delete-status/${LONG}`;
    expect((await service.send(call, { headers: root.headers })).status).toBe(404);
  });
});

describe('half of a surrogate pair is refused by the name of its field (RFC 7493 §2.1):', () => {
  const user = { username: 'lone', password: 'xxxxx' };
  const client = { id: 'lone', name: 'x' };
  test.each([
    ['username', 'POST /users', { ...user, username: LONE }],
    ['password', 'POST /users', { ...user, password: LONE }],
    ['profile', 'POST /users', { ...user, profile: { given_name: LONE } }],
    ['profile', 'POST /users', { ...user, profile: { address: { locality: LONE } } }],
    ['roles', 'POST /users', { ...user, roles: ['user', LONE] }],
    ['plan', 'PATCH /users/$', { plan: LONE }],
    ['name', 'POST /keys', { name: LONE, acl: { cdr: ['r'] } }],
    ['acl', 'POST /keys', { name: 'x', acl: { [LONE]: ['r'] } }],
    ['name', 'POST /clients', { ...client, name: LONE }],
    ['jwks', 'POST /clients', { ...client, jwks: { keys: [{ kty: 'EC', x: LONE }] } }],
    ['jwks', 'POST /clients', { ...client, jwks: { keys: [{ kty: 'EC', [LONE]: 'x' }] } }],
    ['acl', 'PATCH /roles/bad', { acl: { [LONE]: ['r'] } }],
    ['resources', 'PATCH /resources', { resources: { x: [LONE] } }],
    [`${CANARY}\ufffd`, 'POST /users', { [LONE]: 'x' }],
  ])('%s of %s', async (field, call, body) => {
    const answer = await admin(call.replace('$', userId), body);
    const errors = [{ field, detail: 'must be Unicode text' }];
    expect(answer).toMatchObject({ status: 400, body: { errors } });
  });

  test.each([
    ['POST /login', { username: LONE, password: 'x' }],
    ['POST /user', { username: LONE, email: 'a@b', password: 'x' }],
    ['POST /user/auth', { username: 'x', password: LONE }],
    ['POST /api/v2/acl/roles', { roles: 'x', allows: { [LONE]: ['r'] } }],
  ])('%s', async (call, body) => {
    const { status, text } = await service.send(call, json(body));
    expect(status).toBe(400);
    expect(text).toContain('must be Unicode text');
  });

  test('but a whole pair is text like any other', async () => {
    const answer = await admin('POST /users', { ...user, profile: { nickname: '\u{1F511}' } });
    expect(answer).toMatchObject({ status: 201, body: { profile: { nickname: '\u{1F511}' } } });
  });
});

describe('a member of a public key is a text, a flag or a list of texts (RFC 7517 §4); so is none', () => {
  const MEMBERS = 'must be a string, true or false, or an array of strings';
  const make = (member: string) =>
    admin(
      'POST /clients',
      `{"id":"jwk","name":"x","authentication":"private_key_jwt","jwks":{"keys":[{"kty":"EC","z":${member}}]}}`,
    );
  test.each([
    ['a number', '1'],
    ['a number that cannot be stored', '1e49'],
    ['an infinite one', '1e400'],
    ['null', 'null'],
    ['an object', '{}'],
    ['a list of numbers', '[1]'],
    ['100 lists in each other', `${'['.repeat(100)}${']'.repeat(100)}`],
    ['9,000 lists in each other', `${'['.repeat(9000)}${']'.repeat(9000)}`],
  ])('that is %s', async (_case, member) => {
    const errors = [{ field: 'jwks.keys.0.z', detail: MEMBERS }];
    expect(await make(member)).toMatchObject({ status: 400, body: { errors } });
  });
});

test('an API key’s id names nothing that can be stored: 401, as for any other unknown key', async () => {
  const { makeApiKey } = await import('../../lib/guard/api-key.ts');
  const hints = { domain: '', roles: [] };
  for (const key of ['漢'.repeat(60), '\u0000'])
    for (const subject of ['x', '漢'.repeat(20)]) {
      const { text } = makeApiKey({ name: { subject, key }, hints: { ...hints, domain: 'd' } });
      const call = httpCall('GET /cdr', { 'x-api-key': text });
      expect((await outcome(() => service.authorizer(call))).status).toBe(401);
    }
});

/** Whatever JSON can say, and what DynamoDB and Unicode cannot. */
const codeUnits = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) });
const texts = fc
  .oneof(codeUnits, fc.string(), fc.constantFrom('', LONG, '漢'.repeat(256), 'x'.repeat(256), '\0'))
  .map((text) => `${CANARY}${text}`);
const numbers = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -1, 1e49, 1e-200, 5e-324, 1.5, Number.MAX_SAFE_INTEGER, 2 ** 53, 1e300),
);
const DEEP = '@deep@';
const leaf = fc.oneof(texts, numbers, fc.boolean(), fc.constantFrom(null, DEEP));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 3 }),
  ),
}));
const sentAs = (body: unknown) =>
  JSON.stringify(body).replaceAll(`"${DEEP}"`, `${'['.repeat(5000)}${']'.repeat(5000)}`);

const SHAPES: Record<string, Record<string, unknown>> = {
  'POST /users': {
    username: 'u',
    password: 'ppppp',
    email: 'a@b',
    roles: ['user'],
    profile: { name: 'x', address: { locality: 'x' } },
  },
  'PATCH /users/$': {
    username: 'u',
    email: 'a@b',
    profile: { name: 'x' },
    plan: 'x',
    vendor: ['x'],
  },
  'POST /clients': {
    id: 'abc',
    name: 'x',
    roles: ['api'],
    scopes: ['x'],
    redirectUris: ['https://x'],
    jwks: { keys: [{ kty: 'EC', x: 'x' }] },
    authentication: 'private_key_jwt',
    defaultMaxAge: 5,
    allowedOrigins: ['https://x'],
    jwksUri: 'https://x',
  },
  'POST /clients/demo-api/secret': { overlap: 5 },
  'POST /keys': { name: 'k', owner: 'x', roles: ['user'], acl: { cdr: ['r'] }, expiresAt: 9e9 },
  'POST /roles': { name: 'fuzz', parents: ['user'], acl: { cdr: ['r'] } },
  'PATCH /roles/bad': { parents: ['user'], acl: { cdr: ['r'] } },
  'POST /resources': { name: 'fuzz', patterns: ['/fuzz'] },
  'PATCH /resources': { resources: { fuzz: ['/fuzz'] }, dryRun: false },
  'PATCH /resources/cdr': { patterns: ['/cdr'] },
  'POST /domains': { name: 'fuzz.com' },
  'PATCH /domains/bad.com': { disabled: false },
  'PATCH /settings': { userCreateScope: ['user'], faveoApiKeyMandatory: false },
};

/** A body that would do, with anything in the place of some part of it. */
const bodyOf = (shape: unknown): fc.Arbitrary<unknown> => {
  if (typeof shape !== 'object' || shape === null)
    return fc.oneof({ weight: 3, arbitrary: fc.constant(shape) }, { weight: 1, arbitrary: value });
  if (Array.isArray(shape)) return fc.oneof(fc.tuple(...shape.map(bodyOf)), value);
  const members = Object.fromEntries(Object.entries(shape).map(([n, m]) => [n, bodyOf(m)]));
  return fc.oneof(
    { weight: 5, arbitrary: fc.record(members, { requiredKeys: [] }) },
    { weight: 1, arbitrary: value },
  );
};

describe('whatever is sent', () => {
  test.each(Object.entries(SHAPES))('to %s is never a fault, nor logged', async (call, shape) => {
    await fc.assert(
      fc.asyncProperty(bodyOf(shape), async (body) => {
        const { status } = await admin(call.replace('$', userId), sentAs(body));
        expect(status).toBeLessThan(500);
        expect(log.filter((line) => line.includes(CANARY))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test.each([
    ['POST /login', { username: 'x', password: 'x' }],
    ['POST /user', { username: 'x', email: 'a@b', password: 'x' }],
    ['POST /user/auth', { username: 'x', password: 'x' }],
    ['POST /api/v2/acl/roles', { roles: 'x', parents: ['user'], allows: { cdr: ['r'] } }],
    ['POST /api/v2/domains/mydomain.com/settings/token', { expire: 9e12, role: 'user' }],
  ])('to %s is never a fault, nor logged', async (call, shape) => {
    await fc.assert(
      fc.asyncProperty(bodyOf(shape), async (body) => {
        const sent = { ...json({}), body: sentAs(body) };
        expect((await service.send(call, sent)).status).toBeLessThan(500);
        expect(log.filter((line) => line.includes(CANARY))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test('as an id, or as what a list is filtered by, is never a fault, nor logged', async () => {
    const places = [
      'users',
      'clients',
      'keys',
      'domain-tokens',
      'domains',
      'roles',
      'resources',
      'sessions',
    ];
    const ids = fc.oneof(
      fc
        .array(fc.oneof(texts, value), { minLength: 1, maxLength: 3 })
        .map((parts) => Buffer.from(sentAs(parts)).toString('base64url')),
      fc.tuple(texts, texts).map((parts) => idOf(...parts)),
      texts.map((text) => encodeURIComponent(text.toWellFormed())),
    );
    const filters = fc.constantFrom(
      'domain',
      'subject',
      'owner',
      'login',
      'cursor',
      'limit',
      'from',
      CANARY,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        ids,
        filters,
        texts,
        async (place, id, filter, text) => {
          const query = new URLSearchParams({ [filter]: text });
          for (const call of [
            `GET /${place}/${id}`,
            `DELETE /${place}/${id}`,
            `GET /${place}?${query}`,
            `GET /audit?${query}`,
            `DELETE /sessions?${query}`,
          ])
            expect((await admin(call)).status).toBeLessThan(500);
          expect(log.filter((line) => line.includes(CANARY))).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
