/**
 * Resources of Latchkey itself: its administration is guarded like any other API.
 *
 * @module
 */
import type { Patterns } from './resource.ts';

export const OWN_RESOURCES: Patterns = {
  'acl/resource': [],
  'acl/roles': ['/api/v2/acl/roles'],
  domain: ['/api/v2/domains'],
  users: ['/users'],
  'helpdesk/api_key': ['/api/v1/helpdesk/api_key'],
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
