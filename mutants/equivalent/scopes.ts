import type { Equivalents } from './entry.ts';

export const SCOPES: Equivalents = {
  'lib/oauth/scopes/standard-claims.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'isBirthdate',
      because: 'neither is a date',
    },
  ],
};
