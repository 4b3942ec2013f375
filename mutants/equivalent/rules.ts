import type { Equivalents } from './entry.ts';

const LOG = 'for the log';

export const RULES: Equivalents = {
  'lib/oauth/authorize/steps.ts': [
    { original: "'refused at the consent page'", replacement: '""', because: LOG },
    { original: "'cancelled at the login page'", replacement: '""', because: LOG },
    {
      original: '[browser]',
      replacement: '[]',
      because: 'after a sign-in nobody has to choose, whoever else is there',
    },
  ],
  'lib/oauth/request/id-token-hint.ts': [
    { original: "'an ID token of another client'", replacement: '""', because: LOG },
  ],
  'lib/oauth/token/refresh-token.ts': [
    {
      original: "end ?? 'the session has ended'",
      replacement: "end && 'the session has ended'",
      because: LOG,
    },
    { original: "'the session has ended'", replacement: '""', because: LOG },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "parameters.get('refresh_token')",
      because: 'neither is a token',
    },
  ],
  'lib/oauth/clients/origins.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'mediaType',
      because: 'neither has a parameter that is looked for',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'function basicOf',
      because: 'neither is Basic',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: '[1] ??',
      because: 'neither is JSON',
    },
    {
      original: 'token?.split',
      replacement: 'token.split',
      because: 'what it throws is caught, and means the same',
    },
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
  'lib/oauth/token/authorization-code.ts': [
    {
      original: 'winner === undefined',
      replacement: 'false',
      because: 'there is no such grant to be ended, and it is refused in the same words',
    },
    {
      original: 'code.validUntil <= services.now()',
      replacement: 'code.validUntil < services.now()',
      because: 'the write that spends it refuses it in the same words',
    },
    {
      original: 'code.validUntil <= services.now()',
      replacement: 'false',
      because: 'the write that spends it refuses it in the same words',
    },
    { original: "'sign-in'", replacement: '""', because: LOG },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "get('code')",
      because: 'neither is a code, and that there is none is said after',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'client?.domain',
      because: 'neither is a domain',
    },
    {
      original: "spent === 'withdrawn'",
      replacement: 'false',
      because: 'no grant was made of it, which is refused in the same words',
    },
    {
      original: "'withdrawn'",
      replacement: '""',
      because: 'no grant was made of it, which is refused in the same words',
    },
    {
      original: "spent === 'signed_out'",
      replacement: 'false',
      because: 'no grant was made of it, which is refused in the same words',
    },
    {
      original: "'signed_out'",
      replacement: '""',
      because: 'no grant was made of it, which is refused in the same words',
    },
  ],
  'lib/oauth/request/response-type.ts': [
    {
      original: 'RESPONSE_TYPES.some((type) => type === requested)',
      replacement: 'RESPONSE_TYPES.every(type => type === requested)',
      because: 'there is one',
    },
  ],
  'lib/oauth/token/client-credentials.ts': [
    {
      original:
        "{ logFault(toAuthError(error), { about: 'a session whose token was thrown away' }); }",
      replacement: '{}',
      because: LOG,
    },
  ],
  'lib/oauth/authorize/decide.ts': [
    {
      original: 'maxAge !== undefined',
      replacement: 'true',
      because: 'nothing is greater than undefined',
    },
  ],
  'lib/oauth/authorize/begin.ts': [
    {
      original: "'client-disabled'",
      replacement: '""',
      because: 'the client is told the code and the text, and our log another rule',
    },
    { original: "{ rule: 'authorize' }", replacement: '{}', because: LOG },
  ],
  'lib/oauth/inspect/userinfo.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'grant?.claims?.userinfo',
      because: 'no claim has that name',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'client?.scopes',
      because: 'neither is a scope that tells anything',
    },
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
      on: 'const named =',
      because: 'no claim has that name',
    },
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
  'lib/oauth/authorize/pick-account.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'hint = ',
      because: 'nobody has either as a name',
    },
  ],
  'lib/oauth/clients/assertion.ts': [
    { original: "'the assertion was used before'", replacement: '""', because: LOG },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'jwks?.keys ??',
      because: 'a text is no key',
    },
  ],
  'lib/oauth/clients/proof.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'const basicIn',
      because: 'neither is Basic',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'encoded =',
      because: 'neither is base64 of a pair',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'textOf',
      because: 'neither has a colon',
    },
  ],
  'lib/oauth/inspect/inspection.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'hints:',
      because: 'a hint of what to read, and no role has that name',
    },
  ],
  'lib/oauth/logout/spread.ts': [
    {
      original: 'from < ended.length',
      replacement: 'from <= ended.length',
      because: 'behind the last there is nothing to settle',
    },
  ],
  'lib/oauth/token/grant-tokens.ts': [
    { original: '[]', replacement: '["Stryker was here"]', because: 'no claim has that name' },
  ],
  'lib/oauth/token/refresh-text.ts': [
    {
      original: '!subject || !key',
      replacement: '!subject && !key',
      because: 'a match has all four, and none has none',
    },
    {
      original: '!subject || !key',
      replacement: 'false',
      because: 'a match has all four, and none has none',
    },
    {
      original: '!subject || !key || !family',
      replacement: '(!subject || !key) && !family',
      because: 'a match has all four, and none has none',
    },
    {
      original: '!subject || !key || !family',
      replacement: 'false',
      because: 'a match has all four, and none has none',
    },
    {
      original: '!subject || !key || !family || !secret',
      replacement: '(!subject || !key || !family) && !secret',
      because: 'a match has all four, and none has none',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'TOKEN.exec',
      because: 'without a match there is no subject either',
    },
  ],
};
