import type { Equivalents } from './entry.ts';

const THERE = 'it is there: the index was found in a list of the same length';

export const VERDICT: Equivalents = {
  'lib/verdict/session-power.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'scopes = []',
      because: 'it is no word that names power',
    },
  ],
  'lib/guard/api-key.ts': [
    {
      original: '{ return undefined; }',
      replacement: '{}',
      on: 'catch',
      because: 'it is the end of the function, which returns undefined',
    },
    {
      original: "id.endsWith(' ')",
      replacement: "id.startsWith(' ')",
      because: 'a role without a name is left out where the id is read',
    },
  ],
  'lib/verdict/acl.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: '(acl[resource] ?? [])',
      because: 'it is no letter',
    },
    {
      original: "'none'",
      replacement: '""',
      on: /^STRENGTH\[Math\./,
      because: 'the list has both, and so the one of the two',
    },
  ],
  'lib/verdict/judge.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'ownRoles(session) ?? []',
      because: 'a role that is not there is read, and counts nowhere',
    },
  ],
  'lib/verdict/power.ts': [
    {
      original: 'resource && each',
      replacement: 'resource || each',
      because: 'a word that matches has both, another neither',
    },
  ],
  'lib/verdict/resource.ts': [
    {
      original: 'segments.length > 1',
      replacement: 'true',
      because: 'no pattern covers a path without segments',
    },
    { original: "''", replacement: '"Stryker was here!"', on: 'right[at] ??', because: THERE },
    { original: "''", replacement: '"Stryker was here!"', on: 'left[index] ??', because: THERE },
  ],
  'lib/authority/grant.ts': [
    {
      original: 'all.filter(({ name }) => names.includes(name))',
      replacement: 'all',
      because: 'the others are the caller’s own, which the caller holds',
    },
  ],
  'lib/authority/fresh-sign-in.ts': [
    {
      original: 'sinceSignIn !== undefined',
      replacement: 'true',
      because: 'undefined is not greater than anything',
    },
  ],
};
