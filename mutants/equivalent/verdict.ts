import type { Equivalents } from './entry.ts';

const THERE = 'it is there: the index was found in a list of the same length';

export const VERDICT: Equivalents = {
  'lib/verdict/session-power.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'session.scope ?? ',
      because: 'neither names power',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'scopes = []',
      because: 'it is no word that names power',
    },
  ],
  'lib/guard/api-key.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: '= KEY.exec(text)',
      because: 'of what does not match nothing is read',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'KEY_ID.exec(text)',
      because: 'neither is an id',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: '= /^lk_(',
      because: 'neither is an id',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'decodeUtf8(Buffer.from(id',
      because: 'neither has four parts',
    },
    {
      original: 'parts[3]?.length',
      replacement: 'parts[3].length',
      because: 'there are four parts',
    },
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
      original: "'none'",
      replacement: '""',
      on: 'const STRENGTH',
      because: 'what is not in the list comes before all that is, and is none',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: '(acl[name] ?? [])',
      because: 'it is no letter',
    },
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
      on: 'paths: Paths =',
      because: 'it is no path',
    },
    {
      original: '!session || !subject',
      replacement: '!session && !subject',
      because: 'where either is missing it has been refused',
    },
    {
      original: '!session || !subject',
      replacement: 'false',
      because: 'where either is missing it has been refused',
    },
    {
      original: '!session || !subject || !circumstances',
      replacement: '(!session || !subject) && !circumstances',
      because: 'where any is missing it has been refused',
    },
    {
      original: '!session || !subject || !circumstances',
      replacement: 'false',
      because: 'where any is missing it has been refused',
    },
    {
      original: 'refused || !read.session',
      replacement: 'refused && !read.session',
      because: 'more is read, of which nothing is told',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'ownRoles(session) ?? []',
      because: 'a role that is not there is read, and counts nowhere',
    },
  ],
  'lib/verdict/power.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "letters = ''",
      because: 'of a word that does not match nothing is read',
    },
    {
      original: 'resource && each',
      replacement: 'resource || each',
      because: 'a word that matches has both, another neither',
    },
  ],
  'lib/verdict/resource.ts': [
    {
      original: 'left.length > right.length',
      replacement: 'left.length >= right.length',
      because: 'they are not as long',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'return [];',
      because: 'it is no path, and so there is no reading of it',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "first = ''",
      because: 'a path that is split has a first segment',
    },
    {
      original: '/^[ -~]*$/',
      replacement: '/^[ -~]$/',
      because: 'it saves time: of ASCII the other way comes to the same',
    },
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
      original: "'none'",
      replacement: '""',
      on: "? 'all' : 'none'",
      because: 'what is no extent is none',
    },
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
  'lib/verdict/fields.ts': [
    {
      original: "'the field is not permitted'",
      replacement: '""',
      because: 'what is registered is denied by its name, and nobody is told why',
    },
    {
      original: 'type && field',
      replacement: 'type || field',
      because: 'the path of a field has both, another neither',
    },
  ],
  'lib/verdict/registry.ts': [
    {
      original: 'compiled.set(part, known);',
      replacement: ';',
      because: 'it only saves time',
    },
  ],
  'lib/verdict/since-sign-in.ts': [
    {
      original: 'since !== undefined',
      replacement: 'true',
      because: 'undefined is not at least anything',
    },
  ],
  'lib/verdict/own-business.ts': [
    {
      original: 'OWN[resource]?.includes',
      replacement: 'OWN[resource].includes',
      because: 'it is there: hasOwn has said so',
    },
  ],
  'lib/verdict/read-claim.ts': [
    {
      original: 'proven.clear();',
      replacement: ';',
      because: 'how much an instance remembers',
    },
    {
      original: 'proven.size >= MOST',
      replacement: 'false',
      because: 'how much an instance remembers',
    },
    {
      original: 'proven.size >= MOST',
      replacement: 'proven.size > MOST',
      because: 'how much an instance remembers',
    },
    {
      original: "'base64url'",
      replacement: '""',
      because: 'in any spelling the digests of two keys are two',
    },
  ],
  'lib/verdict/dead.ts': [
    {
      original: "'the session has ended'",
      replacement: '""',
      on: 'dead(end ??',
      because: 'of a session that is missing endOf says why',
    },
  ],
  'lib/guard/demands.ts': [
    {
      original: "demandOf(route, 'none') === 'refused'",
      replacement: 'true',
      because: 'a GET that refuses a browser that has signed in refuses one that has not',
    },
    {
      original: "'none'",
      replacement: '""',
      because: 'a GET that refuses a browser that has signed in refuses one that has not',
    },
  ],
  'lib/guard/note-use.ts': [
    {
      original: 'noted.size >= MAX_REMEMBERED',
      replacement: 'noted.size > MAX_REMEMBERED',
      because: 'how much an instance remembers',
    },
    {
      original: '!noted.has(key) && noted.size >= MAX_REMEMBERED',
      replacement: 'false',
      because: 'how much an instance remembers',
    },
    {
      original: 'noted.clear();',
      replacement: ';',
      because: 'how much an instance remembers',
    },
    {
      original: 'clearTimeout(timer);',
      replacement: ';',
      because: 'what it would resolve is waited for by nobody any more',
    },
  ],
  'lib/guard/prove.ts': [
    {
      original: "'valid'",
      replacement: '""',
      because: 'whoever asks looks for `invalid`',
    },
  ],
  'lib/guard/claimed.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "payload = ''",
      because: 'neither is the payload of anything',
    },
  ],
  'lib/guard/caller.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      because: 'it is no path',
    },
  ],
};
