/**
 * Resources of Latchkey itself: its administration, through the admin API and through the dialects, is
 * guarded like any other API.
 *
 * @module
 */

/** Name to patterns; none means the default one. */
type Resources = Readonly<Record<string, readonly string[]>>;

export const OWN_RESOURCES: Resources = {
  'acl/resource': [],
  'acl/roles': ['/api/v2/acl/roles'],
  domain: ['/api/v2/domains'],
  users: ['/users'],
  'helpdesk/api_key': ['/api/v1/helpdesk/api_key'],
  'oauth/introspect': ['/oauth/introspect'],
  'admin/users': ['/admin/api/users'],
  'admin/clients': ['/admin/api/clients'],
  'admin/keys': ['/admin/api/keys'],
  'admin/domain-tokens': ['/admin/api/domain-tokens'],
  'admin/roles': ['/admin/api/roles'],
  'admin/resources': ['/admin/api/resources'],
  'admin/domains': ['/admin/api/domains'],
  'admin/settings': ['/admin/api/settings'],
  'admin/signing-keys': ['/admin/api/signing-keys'],
  'admin/sessions': ['/admin/api/sessions'],
  'admin/audit': ['/admin/api/audit'],
  'admin/statistics': ['/admin/api/statistics'],
};

const ADMINISTRATION = 'admin/';

/** Those to come too: what begins with `admin/` is ours. */
export const isOwnResource = (name: string): boolean =>
  name.startsWith(ADMINISTRATION) || Object.hasOwn(OWN_RESOURCES, name);
