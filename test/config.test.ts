/** The settings: read all at once, or refused all at once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../lib/config.ts';

const REQUIRED = {
  ISSUER: 'https://auth.example.com',
  AUDIENCE: 'https://api.example.com',
  DIRECTORY_TABLE: 'directory',
  SESSIONS_TABLE: 'sessions',
  SIGNING_KEYS_SECRET: 'signing-keys',
};
const ALL = [
  'issuer',
  'audience',
  'directoryTable',
  'sessionsTable',
  'signingKeysSecret',
  'keyPropagation',
  'maxTokenLifetime',
  'webitelTokenLifetime',
  'revealUnknownUser',
  'cdrHost',
  'cdrUseProxy',
] as const;
const read = (changes: Record<string, string | undefined>) =>
  readConfig({ ...REQUIRED, ...changes }, ALL);
const problems = (changes: Record<string, string | undefined>): string[] => {
  try {
    read(changes);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split('; ').map((problem) => problem.split(' ', 1)[0] ?? '');
  }
};

describe('the settings', () => {
  test('have defaults for all that is not of one deployment', () => {
    expect(read({})).toEqual({
      issuer: 'https://auth.example.com',
      audience: 'https://api.example.com',
      directoryTable: 'directory',
      sessionsTable: 'sessions',
      signingKeysSecret: 'signing-keys',
      keyPropagation: 900,
      maxTokenLifetime: 2_678_400,
      webitelTokenLifetime: 86_400,
      revealUnknownUser: true,
      cdrHost: 'http://cdr:10023',
      cdrUseProxy: true,
    });
  });

  test('report all that are missing or malformed at once', () =>
    fc.assert(
      fc.property(
        fc.subarray(Object.keys(REQUIRED)),
        fc.subarray(['KEY_PROPAGATION', 'MAX_TOKEN_LIFETIME', 'REVEAL_UNKNOWN_USER']),
        fc.constantFrom('', undefined),
        (missing, malformed, nothing) => {
          const changes = Object.fromEntries([
            ...missing.map((name) => [name, nothing]),
            ...malformed.map((name) => [name, 'nonsense']),
          ]);
          expect(problems(changes).toSorted()).toEqual([...missing, ...malformed].toSorted());
        },
      ),
    ));

  test('fail a function on nothing that it does not use', () => {
    expect(readConfig({ DIRECTORY_TABLE: 'directory' }, ['directoryTable'])).toEqual({
      directoryTable: 'directory',
    });
  });

  test('never repeat a value, which may be a secret put in the wrong place', () => {
    expect(() => read({ KEY_PROPAGATION: 'hunter2', ISSUER: 'hunter2' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});

describe('a time in seconds', () => {
  test.each(['1', '900', '999999999'])('may be %s', (value) =>
    expect(read({ MAX_TOKEN_LIFETIME: value }).maxTokenLifetime).toBe(Number(value)),
  );

  test.each([
    '0',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '007',
    ' 900',
    '900 ',
    '900\n',
    '15m',
    '1000000000',
    'NaN',
    '٣',
  ])('cannot be %j', (value) =>
    expect(problems({ MAX_TOKEN_LIFETIME: value, KEY_PROPAGATION: value })).toEqual([
      'KEY_PROPAGATION',
      'MAX_TOKEN_LIFETIME',
    ]),
  );

  test.each(['21', '0', '5s'])(
    'between two flushes cannot be %j: the function waits for it',
    (value) =>
      expect(() => readConfig({ FLUSH_INTERVAL: value }, ['flushInterval'])).toThrow(ConfigError),
  );

  // A verifier may have just asked for the published keys, and asks again a minute later.
  test('is at least a minute where keys have to get around', () => {
    expect(read({ KEY_PROPAGATION: '60' }).keyPropagation).toBe(60);
    for (const value of ['1', '59'])
      expect(problems({ KEY_PROPAGATION: value })).toEqual(['KEY_PROPAGATION']);
  });
});

describe('a flag', () => {
  test('is true or false', () => {
    expect(read({ REVEAL_UNKNOWN_USER: 'false' }).revealUnknownUser).toBe(false);
    expect(read({ REVEAL_UNKNOWN_USER: 'true' }).revealUnknownUser).toBe(true);
  });

  test.each(['0', '1', 'no', 'False', 'TRUE', ' false', 'null'])('cannot be %j', (value) =>
    expect(problems({ REVEAL_UNKNOWN_USER: value })).toEqual(['REVEAL_UNKNOWN_USER']),
  );
});

describe('the issuer (RFC 8414 §2: https, no query, no fragment)', () => {
  test.each([
    'https://auth.example.com',
    'https://auth.example.com/tenant/one',
    'https://auth.example.com:8443',
    'http://127.0.0.1:3000',
    'http://localhost:3000',
  ])('may be %s', (value) => expect(read({ ISSUER: value }).issuer).toBe(value));

  test.each([
    'http://auth.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'auth.example.com',
    '//auth.example.com',
    'javascript:alert(1)',
    'https://auth.example.com/',
    'https://auth.example.com/tenant/',
    'https://auth.example.com?a=1',
    'https://auth.example.com?',
    'https://auth.example.com#a',
    'https://auth.example.com#',
    'https://user@auth.example.com',
    'https://:password@auth.example.com',
    'https://Auth.example.com',
    'HTTPS://auth.example.com',
    'https://auth.example.com:443',
    'https://auth.example.com/a/../b',
    ' https://auth.example.com',
    'https://auth.example.com\n',
    'https:auth.example.com',
    'https://münchen.example',
    'nonsense',
  ])('cannot be %j, which has or is another spelling', (value) =>
    expect(problems({ ISSUER: value })).toEqual(['ISSUER']),
  );
});
