import type { Equivalents } from './entry.ts';

export const STORES: Equivalents = {
  'lib/aws/item.ts': [{ original: "'its top level'", replacement: '""', because: 'for the log' }],
  'lib/store/named/content.ts': [
    {
      original: "{ logFault(toAuthError(error), { rule: 'retire-content' }); }",
      replacement: '{}',
      because: 'for the log',
    },
  ],
  'lib/store/directory/clients.ts': [
    {
      original: 'others.length === 0',
      replacement: 'false',
      because: 'a transaction of one write does the same',
    },
  ],
  'lib/aws/table.ts': [
    {
      original: '20 * 2 ** tries * (1 + Math.random())',
      replacement: '20 * 2 ** tries / (1 + Math.random())',
      because: 'how long it waits is chance, and in either case as short',
    },
    {
      original: '1 + Math.random()',
      replacement: '1 - Math.random()',
      because: 'how long it waits is chance, and in either case as short',
    },
    { original: "item['pk']?.S", replacement: "item['pk'].S", because: 'an item has its key' },
    { original: "item['sk']?.S", replacement: "item['sk'].S", because: 'an item has its key' },
    {
      original: 'requested[table.name]?.Keys',
      replacement: 'requested[table.name].Keys',
      because: 'the line before has put it there',
    },
  ],
  'lib/store/directory/holders.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'const key',
      because: 'one of the two is there',
    },
    {
      original: 'after?.id',
      replacement: 'after.id',
      because: 'a role is held by one of the two, and without a role there is no key',
    },
  ],
  'lib/store/events/find.ts': [
    {
      original: 'id <= range(to)[1]',
      replacement: 'id < range(to)[1]',
      because: 'no id ends in the mark that is behind all of them',
    },
    {
      original: 'one.id < other.id',
      replacement: 'one.id <= other.id',
      because: 'no two events have the same',
    },
    {
      original: 'start < places.length',
      replacement: 'start <= places.length',
      because: 'behind the last there is nothing to read',
    },
    {
      original: 'start < keys.length',
      replacement: 'start <= keys.length',
      because: 'behind the last there is nothing to read',
    },
    {
      original: "String(left['sk']) < String(right['sk'])",
      replacement: "String(left['sk']) <= String(right['sk'])",
      because: 'no two events have the same: it ends in their id',
    },
  ],
  'lib/store/events/records.ts': [
    {
      original: "Keys['pk']?.S",
      replacement: "Keys['pk'].S",
      because: 'a record of the stream has the key of its item',
    },
  ],
  'lib/store/named/manifest.ts': [
    {
      original: "'what all share is being named or spread'",
      replacement: '""',
      because: 'for the log',
    },
    { original: 'buckets === 1', replacement: 'false', because: 'any number modulo 1 is 0' },
  ],
  'lib/store/reads/membership.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'segments: []',
      because: 'of what it is given only the roles are read',
    },
  ],
  'lib/store/sessions/codes.ts': [
    {
      original: "{ expression: 'attribute_not_exists(pk)' }",
      replacement: '{}',
      on: 'when: { expression',
      because: 'the key of a grant is random, so nobody has it',
    },
  ],
  'lib/aws/transaction.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'CancellationReasons',
      because: 'it is no code that means anything',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'CancellationReasons',
      because: 'neither is a code that means anything',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: ': [];',
      because: 'it is no code that means anything',
    },
  ],
  'lib/aws/query.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'Items = []',
      because: 'DynamoDB answers with items, if only with none',
    },
  ],
  'lib/aws/snapshot.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'Responses = []',
      because: 'DynamoDB answers for each item',
    },
    {
      original: 'Responses[index]?.Item',
      replacement: 'Responses[index].Item',
      because: 'DynamoDB answers for each item',
    },
  ],
  'lib/aws/read-cache.ts': [
    {
      original: 'kept.get(id)?.item',
      replacement: 'kept.get(id).item',
      because: 'it was put there just before',
    },
  ],
  'lib/store/directory/domains-in-force.ts': [
    {
      original: "'the domains of a bucket do not fit, though they did before'",
      replacement: '""',
      because: 'for the log',
    },
    {
      original: 'inForce.manifests[bucket * inForce.shards]?.domains',
      replacement: 'inForce.manifests[bucket * inForce.shards].domains',
      because: 'each bucket has a manifest',
    },
  ],
  'lib/store/directory/home.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'homeWrites',
      because: 'neither says that a write has failed',
    },
  ],
  'lib/store/directory/login-owners.ts': [
    {
      original: 'keys[at]?.pk',
      replacement: 'keys[at].pk',
      because: 'it is there: it was found in a list of the same length',
    },
  ],
  'lib/store/directory/resources.ts': [
    {
      original: 'inForce.manifests[0]?.registry',
      replacement: 'inForce.manifests[0].registry',
      because: 'there is one at least',
    },
  ],
  'lib/store/directory/roles.ts': [
    {
      original: 'names.length === 0',
      replacement: 'false',
      because: 'of none there is nothing to read',
    },
    {
      original: 'inForce.manifests[0]?.roles',
      replacement: 'inForce.manifests[0].roles',
      because: 'there is one at least',
    },
    {
      original: 'start < names.length',
      replacement: 'start <= names.length',
      because: 'behind the last there is nothing to read',
    },
    {
      original: 'start < parts.length',
      replacement: 'start <= parts.length',
      because: 'behind the last there is nothing to read',
    },
  ],
  'lib/store/directory/save-roles.ts': [
    {
      original: 'inForce.manifests[0]?.roles',
      replacement: 'inForce.manifests[0].roles',
      because: 'there is one at least',
    },
  ],
  'lib/store/directory/subject-spread.ts': [
    {
      original: '(await readInForce(directory))?.manifests[0]?.since',
      replacement: '(await readInForce(directory))?.manifests[0].since',
      because: 'there is one at least',
    },
  ],
  'lib/store/directory/users.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'after?.id',
      because: 'who has names is there',
    },
    {
      original: 'after?.id',
      replacement: 'after.id',
      on: 'claim(directory',
      because: 'who has names is there',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'before?.id',
      because: 'who goes was there',
    },
    {
      original: 'before?.id',
      replacement: 'before.id',
      on: 'if (!after)',
      because: 'who goes was there',
    },
    {
      original: 'after?.id',
      replacement: 'after.id',
      on: 'before?.id ?? after?.id',
      because: 'one of the two is there, or nothing changes',
    },
  ],
  'lib/store/named/memory.ts': [
    {
      original: 'start < unread.length',
      replacement: 'start <= unread.length',
      because: 'behind the last there is nothing to read',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'batch[index]',
      because: 'it is there: it was found in a list of the same length',
    },
  ],
  'lib/store/named/pieces.ts': [
    {
      original: 'left < right',
      replacement: 'left <= right',
      because: 'no two have the same name',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'PIECES[',
      because: 'the place is below the length',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'first =',
      because: 'a pattern begins with a slash',
    },
  ],
  'lib/store/named/rename.ts': [
    {
      original: 'manifests[bucket * shards]?.domains',
      replacement: 'manifests[bucket * shards].domains',
      because: 'each bucket has a manifest',
    },
    {
      original: 'first?.registry',
      replacement: 'first.registry',
      because: 'there is one at least',
    },
    { original: 'first?.roles', replacement: 'first.roles', because: 'there is one at least' },
  ],
  'lib/store/named/respread.ts': [
    {
      original: 'first?.registry',
      replacement: 'first.registry',
      because: 'there is one at least',
    },
    { original: 'first?.roles', replacement: 'first.roles', because: 'there is one at least' },
    { original: 'first?.since', replacement: 'first.since', because: 'there is one at least' },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'const old',
      because: 'a text has no copies',
    },
  ],
  'lib/store/reads/named.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: "segments === 'all'",
      because: 'of the whole registry no piece is looked for',
    },
  ],
  'lib/store/sessions/created-by.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'split(',
      because: 'the key has both',
    },
  ],
  'lib/store/sessions/mail.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'domainToASCII',
      because: 'neither is a domain',
    },
  ],
  'lib/store/spread/places.ts': [
    {
      original: 'places[index]?.key',
      replacement: 'places[index].key',
      because: 'it is there: it was found in a list of the same length',
    },
  ],
  'lib/store/stream.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'READ_BY_A_VERDICT',
      because: 'neither is a kind of item',
    },
  ],
  'lib/store/sessions/of-domain.ts': [
    {
      original: 'left < right',
      replacement: 'left <= right',
      because: 'the same is asked for before',
    },
  ],
  'lib/store/events/number.ts': [
    {
      original: 'at < last',
      replacement: 'at <= last',
      because: 'of two that are the same either is it',
    },
    {
      original: 'unnumbered.length === 0',
      replacement: 'false',
      because: 'for none nothing is written',
    },
  ],
  'lib/store/events/event.ts': [
    {
      original: 'last > now',
      replacement: 'last >= now',
      because: 'of two that are the same either is it',
    },
  ],
  'lib/store/directory/settings.ts': [
    {
      original: 'also.length === 0',
      replacement: 'false',
      because: 'a transaction of one write does the same',
    },
  ],
  'lib/store/sessions/sessions.ts': [
    {
      original: 'also.length + copies.length === 0',
      replacement: 'false',
      because: 'a transaction of one write does the same',
    },
  ],
};
