/**
 * Stored items by their shapes: what was written is read whole, and what does not fit is a fault of ours, never
 * a default, since a verdict on half an item would be a guess. What is done with them is in the files beside.
 */
import { describe, expect, test } from 'vitest';
import { parseItem } from '../../lib/aws/item.ts';
import { Fault } from '../../lib/errors.ts';
import { BrandItem } from '../../lib/store/directory/brands.ts';
import { ClientItem } from '../../lib/store/directory/clients.ts';
import { ADDRESS, PROFILE, ProfileItem } from '../../lib/store/directory/profile.ts';
import { EffectiveRoleItem, LETTERS, RoleItem } from '../../lib/store/directory/roles.ts';
import { SettingsItem } from '../../lib/store/directory/settings.ts';
import { SubjectItem } from '../../lib/store/directory/subjects.ts';
import { UserItem } from '../../lib/store/directory/users.ts';
import { EventItem } from '../../lib/store/events/event.ts';
import { BrowserSessionItem } from '../../lib/store/sessions/browser-sessions.ts';
import { CodeItem } from '../../lib/store/sessions/codes.ts';
import { ConsentItem } from '../../lib/store/sessions/consents.ts';
import { GrantItem } from '../../lib/store/sessions/grants.ts';
import { SessionItem, StandingItem } from '../../lib/store/sessions/sessions.ts';

type Shape = Parameters<typeof parseItem>[0];
type Example = Record<string, unknown>;
const textsOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

const SUBJECT = {
  ...{ id: 'id', username: 'name', roles: ['user'], domain: 'mydomain.com' },
  ...{ disabled: false, generation: 3, scopes: ['cdr:r'], switched: 2, domains: ['far.example'] },
};
const PROFILED = { ...textsOf(PROFILE), address: textsOf(ADDRESS) };
const PROOF = { at: 1, means: 'link', address: 'a@example.com' };
const SPREAD = { copies: 3, since: 'edition' };
const SECRET = { hash: 'h', until: 9 };
const SIGN_IN = {
  ...{ client: 'webitel', scope: 'cdr:r', issuedAt: 1, kind: 'password', expiresAt: 9 },
  ...{ subjectGeneration: 1, domainGeneration: 2, clientGeneration: 3, authTime: 1 },
  spread: SPREAD,
};
const KEY_IN_FORCE = {
  ...{ client: 'c', scope: 's', issuedAt: 1, kind: 'api-key', expiresAt: 9, disabled: false },
  ...{ roles: ['user'], acl: { cdr: ['r'] }, secrets: [SECRET] },
  ...{ ownerSwitched: 1, domainSwitched: 2, spread: SPREAD },
};
const CLAIMS = { idToken: ['name'], userinfo: ['email'] };

const SHAPES: readonly [string, Shape, Example][] = [
  ['a subject', SubjectItem, { kind: 'domain', ...SUBJECT }],
  [
    'a user',
    UserItem,
    {
      ...{ kind: 'user', ...SUBJECT, names: ['name'], email: 'a@example.com', passwordHash: '$' },
      ...{ mustChangePassword: true, activated: true, profile: PROFILED, plan: 'p', vendor: ['v'] },
      ...{ verified: { email: PROOF, phone_number: PROOF } },
      ...{ createdAt: 1, updatedAt: 2, version: 3, spread: { ...SPREAD, for: { key: 2 } } },
      imported: { by: 'import', line: 7, as: 'created' },
    },
  ],
  ['a profile', ProfileItem, PROFILED],
  [
    'a client',
    ClientItem,
    {
      ...{ kind: 'client', ...SUBJECT, authentication: 'private_key_jwt' },
      ...{ jwks: { keys: [{ kty: 'EC' }] }, jwksUri: 'https://a', secrets: [SECRET] },
      ...{ grants: ['authorization_code'], redirectUris: ['https://b'] },
      ...{ postLogoutRedirectUris: ['https://c'], pkce: 'optional', consent: 'never' },
      ...{ idTokenAlgorithm: 'ES256', idTokenClaims: 'scope', accessTokenType: 'JWT' },
      ...{ defaultMaxAge: 60, requireAuthTime: true, backchannelLogoutUri: 'https://d' },
      ...{ logoUri: 'https://e', clientUri: 'https://f', policyUri: 'https://g', tosUri: 'h' },
      ...{ allowedOrigins: ['https://i'], createdAt: 1, updatedAt: 2, version: 3 },
      spread: { ...SPREAD, for: { key: 2 } },
    },
  ],
  [
    'the settings',
    SettingsItem,
    {
      ...{ version: 1, userCreateScope: ['a'], faveoApiKey: 'k', formerApplicationKey: SECRET },
      ...{ faveoApiKeyMandatory: true, keyLifetime: 1, maxKeyLifetime: 2, cursorKey: 'c' },
    },
  ],
  [
    'a brand',
    BrandItem,
    textsOf(['name', 'logo', 'accent', 'accentDark', 'terms', 'privacy', 'help']),
  ],
  ['a session', SessionItem, SIGN_IN],
  ['an API key, as a verdict has it', SessionItem, KEY_IN_FORCE],
  [
    'an API key',
    StandingItem,
    { ...KEY_IN_FORCE, name: 'n', createdBy: 'me', creator: 'id', version: 3 },
  ],
  [
    'a browser session',
    BrowserSessionItem,
    { ...SIGN_IN, kind: 'browser', secretHash: 'h', usedAt: 2, how: 'email-code' },
  ],
  [
    'a grant',
    GrantItem,
    {
      ...{ ...SIGN_IN, kind: 'authorization_code', showAuthTime: true, acr: 'a', claims: CLAIMS },
      refresh: { family: 'f', current: 'c', rotations: [{ from: 'b', at: 1, sealed: 's' }] },
      browser: 'b',
    },
  ],
  [
    'a role',
    RoleItem,
    {
      ...{ name: 'n', number: 1, parents: ['p'], ancestors: ['p'], acl: { cdr: ['r'] } },
      effective: { cdr: ['r', 'c'] },
    },
  ],
  [
    'a code',
    CodeItem,
    {
      ...{ client: 'c', clientGeneration: 1, redirectUri: 'https://a', subject: 's', browser: 'b' },
      ...{ subjectGeneration: 1, domainGeneration: 2, scope: 'openid', authTime: 1 },
      ...{ consent: { agreement: 'a' }, showAuthTime: false, nonce: 'n', acr: 'a', claims: CLAIMS },
      ...{ challenge: 'c', validUntil: 9, grant: 'g' },
    },
  ],
  [
    'a consent',
    ConsentItem,
    { scopes: ['openid'], identity: 'i', agreement: 'a', grantedAt: 1, expiresAt: 9 },
  ],
  [
    'an event',
    EventItem,
    {
      ...{ id: 'e', at: 1, type: 'user.created', v: 1, domain: 'd', subject: 's' },
      ...{ collection: 'users', target: 't', before: { a: 1 }, after: { a: 2 }, renewed: ['a'] },
      actor: {
        kind: 'key',
        ...textsOf(['subject', 'username', 'key', 'client', 'arn', 'ip', 'userAgent']),
      },
      ...{ cut: ['after.a'], detail: { b: 1 }, requestId: 'r', migrated: true, seq: 1 },
    },
  ],
];

/** Every place of an example that is no list's second member. */
function* placesOf(value: unknown, at: readonly string[] = []): Generator<readonly string[]> {
  if (at.length > 0) yield at;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* placesOf(inner, [...at, name]);
}

/** The example with another value in one place. */
function withAt(value: unknown, [name = '', ...rest]: readonly string[], other: unknown): unknown {
  const copy = structuredClone(value) as Example;
  copy[name] = rest.length > 0 ? withAt(copy[name], rest, other) : other;
  return copy;
}

/** What it holds is not told apart, or may be one of two. */
const OPEN = /^(before|after|detail|vendor)\.|^jwks\.keys\.0\./;

describe.each(SHAPES)('%s', (_name, shape, example) => {
  const read = (item: unknown) => parseItem(shape, item as Example);

  test('is read with all of its members, and none besides', () => {
    expect(read({ ...example, pk: 'pk', sk: 'sk', unheard: 'of' })).toEqual(example);
  });

  const places = [...placesOf(example)].filter((at) => !OPEN.test(at.join('.')));
  test.each(places.map((at) => [at.join('.'), at] as const))(
    'is malformed with something else as its %s',
    (name, at) => {
      for (const other of [null, 7n])
        expect(() => read(withAt(example, at, other))).toThrow(`malformed at ${name}`);
    },
  );
});

const shapeOf = (wanted: string): readonly [Shape, Example] => {
  const found = SHAPES.find(([name]) => name === wanted);
  if (!found) throw new Error(`no shape of ${wanted}`);
  return [found[1], found[2]];
};

describe('what is one of several may be each of them, and nothing else', () => {
  test.each<[string, string, readonly string[]]>([
    ['a subject', 'kind', ['user', 'client', 'domain']],
    ['a user', 'imported.as', ['created', 'updated']],
    ['a client', 'authentication', ['secret', 'private_key_jwt', 'none']],
    ['a client', 'grants.0', ['client_credentials', 'authorization_code', 'refresh_token']],
    ['a client', 'pkce', ['required', 'optional']],
    ['a client', 'consent', ['ask', 'never']],
    ['a client', 'idTokenAlgorithm', ['RS256', 'ES256']],
    ['a client', 'idTokenClaims', ['named', 'scope']],
    ['a client', 'accessTokenType', ['at+jwt', 'JWT']],
    ['an API key', 'kind', ['api-key', 'domain-token']],
    ['an event', 'actor.kind', ['user', 'client', 'key', 'aws', 'nobody']],
    ['a role', 'acl.cdr.0', LETTERS],
  ])('%s: %s', (name, place, values) => {
    const [shape, example] = shapeOf(name);
    const at = place.split('.');
    for (const value of values) {
      const item = withAt(example, at, value) as Example;
      expect(parseItem(shape, item)).toEqual(item);
    }
    for (const other of ['', 'other'])
      expect(() => parseItem(shape, withAt(example, at, other) as Example)).toThrow(Fault);
  });

  test('a letter is for one of four actions, of own things or of all, or for all of them', () =>
    expect(LETTERS).toEqual(['c', 'r', 'u', 'd', 'co', 'ro', 'uo', 'do', '*']));
});

describe('what an item does not have is at its default', () => {
  test('of a client the safe one', () => {
    const least = {
      ...{ kind: 'client', id: 'id', username: 'name', roles: [], domain: 'd', disabled: false },
      ...{ generation: 1, secrets: [], grants: [], scopes: [] },
      ...{ createdAt: 1, updatedAt: 2, version: 3 },
    };
    expect(parseItem(ClientItem, least)).toEqual({
      ...least,
      ...{ authentication: 'secret', redirectUris: [], postLogoutRedirectUris: [] },
      ...{ pkce: 'required', consent: 'ask', idTokenAlgorithm: 'RS256', idTokenClaims: 'named' },
      ...{ accessTokenType: 'at+jwt', requireAuthTime: false, allowedOrigins: [] },
    });
  });

  test('of a role no ancestors', () => {
    const least = { name: 'n', number: 1, effective: {} };
    expect(parseItem(EffectiveRoleItem, least)).toEqual({ ...least, ancestors: [] });
  });
});
