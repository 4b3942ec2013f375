import type { Equivalents } from './entry.ts';

export const AUTHORIZER: Equivalents = {
  'lib/faces/authorizer/graphql.ts': [
    {
      original: 'at < tokens.length',
      replacement: 'at <= tokens.length',
      on: 'let at = from;',
      because: 'behind the last there is none, and that is the answer too',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'tokens[at] ??',
      because: 'it is there: the place is below the length',
    },
  ],
  'lib/faces/authorizer/websocket-api.ts': [
    {
      original: 'bearers.length > 1',
      replacement: 'bearers.length >= 1',
      because: 'one header is itself, and an empty one is none',
    },
  ],
};
