/**
 * Resources of Latchkey itself: its administration is guarded like any other API.
 *
 * @module
 */
import type { Patterns } from '../../verdict/resource.ts';

export const OWN_RESOURCES: Patterns = {
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
  'admin/sessions': ['/admin/api/sessions'],
  'admin/audit': ['/admin/api/audit'],
  'admin/statistics': ['/admin/api/statistics'],
};

/** Those that the registry lacks, or knows by name only, so that no path of ours leads to them. */
export const missingResources = (
  wanted: Patterns,
  registered: Patterns,
): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(wanted)
      .filter(([name, patterns]) => {
        const known = Object.hasOwn(registered, name) ? registered[name] : undefined;
        return !known || (known.length === 0 && patterns.length > 0);
      })
      .map(([name, patterns]) => [name, [...patterns]]),
  );
