import type { Equivalents } from './entry.ts';

export const SCOPES: Equivalents = {
  'lib/oauth/scopes/narrower.ts': [
    {
      original: 'requested !== undefined',
      replacement: 'true',
      on: '!words.every',
      because: 'the words are those granted then, each of which is granted',
    },
  ],
  'lib/oauth/scopes/standard-claims.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'isBirthdate',
      because: 'neither is a date',
    },
  ],
};
