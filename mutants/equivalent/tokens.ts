import type { Equivalents } from './entry.ts';

/** Why it was refused; the answer is the same. */
const LOG = 'for the log';
const NO_RETURN = 'without a return it is undefined, too';
const UNREAD = 'a default of parts that nobody reads: without them there is no header';

export const TOKENS: Equivalents = {
  'lib/tokens/access-token.ts': [
    {
      original: "'unproven'",
      replacement: '""',
      because: 'whoever asks looks for `invalid`',
    },
    { original: "'another issuer'", replacement: '""', because: LOG },
    { original: "'another audience'", replacement: '""', because: LOG },
    { original: "'expired'", replacement: '""', because: LOG },
    { original: "'not valid yet'", replacement: '""', because: LOG },
  ],
  'lib/tokens/client-assertion.ts': [
    { original: "'expired'", replacement: '""', because: LOG },
    { original: "'good for too long'", replacement: '""', because: LOG },
    { original: "'not valid yet'", replacement: '""', because: LOG },
    { original: "'issued in the future'", replacement: '""', because: LOG },
    { original: "''", replacement: '"Stryker was here!"', on: 'COMPACT.exec', because: UNREAD },
    {
      original: 'COMPACT.exec(assertion)?.[part]',
      replacement: 'COMPACT.exec(assertion)[part]',
      because: 'what it throws is caught, and means the same',
    },
    { original: '{ return undefined; }', replacement: '{}', because: NO_RETURN },
  ],
  'lib/tokens/client-keys.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'const NONE',
      because: 'they are old, and so none',
    },
    {
      original: 'oldest !== undefined',
      replacement: 'true',
      because: 'where there are too many there is one',
    },
  ],
  'lib/tokens/jws.ts': [
    {
      original: "'unproven'",
      replacement: '""',
      because: 'whoever asks looks for `invalid`',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'decodeUtf8(Buffer.from(part',
      because: 'neither is JSON',
    },
    { original: 'prepared.set(jwk, key);', replacement: ';', because: 'it only saves time' },
    {
      original: 'value !== null',
      replacement: 'true',
      because: 'null is then returned, which is as good as undefined to the one who asks',
    },
    { original: '{ return undefined; }', replacement: '{}', because: NO_RETURN },
    { original: "''", replacement: '"Stryker was here!"', on: 'COMPACT.exec', because: UNREAD },
  ],
  'lib/tokens/keyring.ts': [
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'held?.keys ?? []',
      because: 'they are held by then, or it has thrown',
    },
    {
      original: 'held?.keys',
      replacement: 'held.keys',
      because: 'they are held by then, or it has thrown',
    },
  ],
  'lib/tokens/key-set.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'jwk.kty ??',
      because: 'every JWK has a kty',
    },
    {
      original: '{ value = undefined; }',
      replacement: '{}',
      because: 'JSON.parse threw before anything was assigned',
    },
  ],
  'lib/tokens/rotation.ts': [
    {
      original: "{ stage: 'AWSCURRENT' }",
      replacement: '{}',
      because: 'it is what Secrets Manager gives where no stage is named',
    },
    {
      original: 'versions[id]?.includes',
      replacement: 'versions[id].includes',
      because: 'it is there: the id is one of its own',
    },
    {
      original: '{ algorithms: [alg] }',
      replacement: '{}',
      because: 'the signature was made just before, by that algorithm',
    },
  ],
};
