/** What of our own is guarded like any other API, and at which paths: a name of it is nobody else's to register. */
import { describe, expect, test } from 'vitest';
import { isOwnResource, OWN_RESOURCES } from '../../../lib/store/directory/own-resources.ts';

const COLLECTIONS = [
  ...['users', 'clients', 'keys', 'domain-tokens', 'roles', 'resources', 'domains', 'settings'],
  ...['signing-keys', 'sessions', 'audit', 'statistics'],
];
/** Of the dialects, whose names are their products' own. */
const BESIDE = {
  'acl/resource': [],
  'acl/roles': ['/api/v2/acl/roles'],
  domain: ['/api/v2/domains'],
  users: ['/users'],
  'helpdesk/api_key': ['/api/v1/helpdesk/api_key'],
  'oauth/introspect': ['/oauth/introspect'],
};

describe('a resource of ours', () => {
  test('is each collection of the administration, at its own path, and each of a dialect', () =>
    expect(OWN_RESOURCES).toEqual({
      ...BESIDE,
      ...Object.fromEntries(COLLECTIONS.map((name) => [`admin/${name}`, [`/admin/api/${name}`]])),
    }));

  test.each([...Object.keys(BESIDE), 'admin/users', 'admin/of-tomorrow', 'admin/'])(
    'is %s',
    (name) => expect(isOwnResource(name)).toBe(true),
  );

  test.each(['cdr', 'admin', 'administration', 'x/admin/users', 'toString', ''])(
    'is not %j',
    (name) => expect(isOwnResource(name)).toBe(false),
  );
});
