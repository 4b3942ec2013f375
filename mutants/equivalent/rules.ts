import type { Equivalents } from './entry.ts';

export const RULES: Equivalents = {
  'lib/oauth/token/refresh-token.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "parameters.get('refresh_token')",
      because: 'neither is a token',
    },
  ],
  'lib/oauth/clients/origins.ts': [
    {
      original: "credential.status === 'presented'",
      replacement: 'true',
      because: 'no other has a token',
    },
    {
      original: '{ return undefined; }',
      replacement: '{}',
      on: 'catch',
      because: 'it is the end of the function, which returns undefined',
    },
  ],
  'lib/oauth/authorize/begin.ts': [
    { original: "{ rule: 'authorize' }", replacement: '{}', because: 'for the log' },
  ],
  'lib/oauth/inspect/userinfo.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'BEARER.exec',
      because: 'neither is a bearer token',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: "session.scope?.split(' ')",
      because: 'a token without a scope has no openid, and is told nothing',
    },
  ],
  'lib/oauth/request/read.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'toWellFormed',
      because: 'neither is too long',
    },
  ],
  'lib/oauth/authorize/remembered-consent.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'isRemembered([]',
      because: 'no scope has blanks, so none is asked for by that word',
    },
  ],
  'lib/oauth/clients/authenticate.ts': [
    { original: "'0'", replacement: '""', on: 'DECOY', because: 'no secret matches either' },
  ],
  'lib/oauth/request/parameters.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'ARRAY.exec',
      because: 'neither is the name of a parameter',
    },
  ],
};
