import type { Equivalents } from './entry.ts';

export const STORES: Equivalents = {
  'lib/store/directory/clients.ts': [
    {
      original: 'others.length === 0',
      replacement: 'false',
      because: 'a transaction of one write does the same',
    },
  ],
  'lib/aws/table.ts': [
    {
      original: 'requested[table.name]?.Keys',
      replacement: 'requested[table.name].Keys',
      because: 'the line before has put it there',
    },
  ],
  'lib/store/directory/holders.ts': [
    {
      original: 'after?.id',
      replacement: 'after.id',
      because: 'a role is held by one of the two, and without a role there is no key',
    },
  ],
  'lib/store/events/find.ts': [
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
};
