/** Password hashes that other systems made, with their own libraries: read, checked, and bounded. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GivenHash, readHash } from '../../lib/manage/notations/read.ts';
import { checkPassword } from '../../lib/sign-in/password.ts';
import { FIXTURES } from '../support/data/foreign-hashes.ts';

const stored = async (given: GivenHash, login = 'ada'): Promise<string> => {
  const hash = await readHash(given, login);
  if (hash.status !== 'ok') throw new Error(hash.status);
  return hash.stored;
};
const OURS = { 'Django argon2': false, 'argon2-cffi ID': true };

describe.each(Object.entries(FIXTURES))('a hash of %s', (name, { password, hash }) => {
  test('is matched by its password, and then made anew where it is not as ours are', async () => {
    const needsRehash = (OURS as Record<string, boolean>)[name] ?? true;
    expect(await checkPassword(password, await stored(hash))).toEqual({
      matches: true,
      needsRehash,
    });
  });

  test('is matched by no other password', async () => {
    for (const other of [`${password} `, ''])
      expect(await checkPassword(other, await stored(hash))).toEqual({
        matches: false,
        needsRehash: false,
      });
  });

  test('says nothing of the password, nor of the system, once it is stored', async () =>
    expect(await stored(hash)).not.toMatch(/keycloak|django|password/i));
});

test('H(A1) is not stored as it is, but hashed once more, which takes as long as any of ours', async () => {
  const { password = '', hash = '' } = FIXTURES['H(A1) of HTTP Digest'] ?? {};
  const text = await stored(hash);
  expect(text).toMatch(/^\$digest-a1\$[^$]+\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const bytes = Buffer.from((hash as Record<string, string>)['hash'] ?? '', 'hex');
  expect(text).not.toContain(bytes.toString('hex'));
  expect(text).not.toContain(bytes.toString('base64').replace(/=+$/, ''));
  expect((await checkPassword(password, text)).matches).toBe(true);
});

describe('bcrypt', () => {
  const hash = '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui';

  test('sees 72 bytes, so what is longer is let in by these, and then seen as a whole', async () => {
    const password = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    const longer = `${password}chars after 72 are ignored`;
    for (const typed of [password, longer])
      expect(await checkPassword(typed, hash)).toEqual({ matches: true, needsRehash: true });
  });

  test('of more than 1024 characters is none of ours, whatever it sees', async () => {
    const long = `0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789${'x'.repeat(1000)}`;
    expect((await checkPassword(long, hash)).matches).toBe(false);
  });
});

test('the name and the realm of H(A1) are of the login, unless they are said', async () => {
  const hash = '0'.repeat(32);
  const of = async (login: string, more = {}) => {
    const read = await readHash({ algorithm: 'digest-a1', hash, ...more }, login);
    if (read.status !== 'ok') return read.status;
    return Buffer.from(read.stored.split('$')[2] ?? '', 'base64').toString();
  };
  expect(await of('100@mydomain.com')).toBe('100:mydomain.com:');
  expect(await of('a@b@mydomain.com')).toBe('a@b:mydomain.com:');
  expect(await of('x', { username: '100', realm: 'mydomain.com' })).toBe('100:mydomain.com:');
  for (const login of ['100', '@mydomain.com', '100@']) expect(await of(login)).toBe('unknown');
});

test('Django’s mark of an account without a password makes one here', async () => {
  expect(await readHash('!', 'ada')).toEqual({ status: 'none' });
  expect(await readHash(`!${'x'.repeat(40)}`, 'ada')).toEqual({ status: 'none' });
});

const [salt, hash] = ['c2FsdHNhbHQ', 'A'.repeat(43)];
const b64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
const keycloak = (credentialData: unknown, secretData: unknown = { value: hash, salt }) => ({
  credentialData: JSON.stringify(credentialData),
  secretData: JSON.stringify(secretData),
});
const argon2OfKeycloak = (hashIterations: number, more: object = {}) =>
  keycloak({
    algorithm: 'argon2',
    hashIterations,
    additionalParameters: {
      ...{ type: ['id'], version: ['1.3'], memory: ['7168'], parallelism: ['1'] },
      ...more,
    },
  });
const { 'Firebase scrypt': firebase } = FIXTURES;

describe('a hash that would stall a sign-in is refused where it comes in, and where it is checked', () => {
  test.each<[string, GivenHash]>([
    ['bcrypt of cost 15', `$2b$15$${'a'.repeat(53)}`],
    ['bcrypt of cost 31', `$2b$31$${'a'.repeat(53)}`],
    ['bcrypt behind SHA-256', `bcrypt_sha256$$2b$20$${'a'.repeat(53)}`],
    ['PBKDF2', `$pbkdf2-sha256$i=3000001$${salt}$${hash}`],
    ['PBKDF2 of two blocks', `$pbkdf2-sha256$i=1500001$${salt}$${'A'.repeat(86)}`],
    ['PBKDF2 of Django', `pbkdf2_sha256$9999999999$salt$${hash}=`],
    ['PBKDF2 of Keycloak', keycloak({ algorithm: 'pbkdf2-sha512', hashIterations: 4e6 })],
    ['PBKDF2 of ASP.NET', b64(1, 0, 0, 0, 1, 255, 255, 255, 255, 0, 0, 0, 8, ...Array(40))],
    ['the memory of scrypt', `$scrypt$ln=18,r=8,p=1$${salt}$${hash}`],
    ['the block size of scrypt', `$scrypt$ln=1,r=9999999,p=1$${salt}$${hash}`],
    ['the lanes of scrypt', `$scrypt$ln=14,r=8,p=99$${salt}$${hash}`],
    ['an N of 2^30', `$scrypt$ln=30,r=1,p=1$${salt}$${hash}`],
    ['scrypt of Firebase', { ...(firebase?.hash as object), memoryCost: 20 }],
    ['the memory of Argon2', `$argon2i$v=19$m=262145,t=1,p=1$${salt}$${hash}`],
    ['the passes of Argon2', `$argon2d$v=19$m=64,t=11,p=1$${salt}$${hash}`],
    ['the lanes of Argon2', `$argon2id$v=19$m=1024,t=1,p=17$${salt}$${hash}`],
    ['the passes of Argon2 of Keycloak', argon2OfKeycloak(1000)],
    ['the memory of Argon2 of Keycloak', argon2OfKeycloak(1, { memory: ['4194304'] })],
    ['the lanes of Argon2 of Keycloak', argon2OfKeycloak(1, { parallelism: ['255'] })],
  ])('%s', async (_case, given) => {
    expect(await readHash(given, 'ada')).toEqual({ status: 'too_dear' });
    if (typeof given === 'string' && given.startsWith('$'))
      await expect(checkPassword('x', given)).rejects.toThrow('costs too much');
  });
});

describe('what is no hash of any known form is refused', () => {
  test.each<[string, GivenHash]>([
    ['nothing', ''],
    ['a password', 'correct horse battery staple'],
    ['MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['SHA-1', '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8'],
    ['one round of Django', 'md5$salt$5f4dcc3b5aa765d61d8327deb882cf99'],
    ['crypt of MD5', '$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/'],
    ['crypt of SHA-512', `$6$saltsalt$${'a'.repeat(86)}`],
    ['phpass', '$P$BDWSqwvyyd6w7vgLs/1lVZ8YL3nYKC.'],
    ['bcrypt cut short', `$2b$10$${'a'.repeat(52)}`],
    ['bcrypt with more behind it', `$2b$10$${'a'.repeat(53)}\n`],
    ['bcrypt of an unknown kind', `$2x$10$${'a'.repeat(53)}`],
    ['bcrypt of cost 3', `$2b$03$${'a'.repeat(53)}`],
    ['PBKDF2 without iterations', `$pbkdf2-sha256$i=0$${salt}$${hash}`],
    ['PBKDF2 of MD5', `$pbkdf2-md5$i=1000$${salt}$${hash}`],
    ['PBKDF2 with a hash of 8 bytes', `$pbkdf2-sha256$i=1000$${salt}$AAAAAAAAAAA`],
    ['PBKDF2 without a salt', `pbkdf2_sha256$1000$$${hash}`],
    ['iterations that are no number', `pbkdf2_sha256$1e3$salt$${hash}`],
    ['scrypt of an N that is no power of 2', `scrypt$1000$salt$8$1$${hash}`],
    ['Argon2 of another version', `$argon2i$v=16$m=64,t=1,p=1$${salt}$${hash}`],
    ['Argon2 with a secret', `$argon2i$v=19$m=64,t=1,p=1,keyid=AAAA$${salt}$${hash}`],
    ['ASP.NET of another version', b64(2, ...Array(48))],
    ['ASP.NET of an unknown digest', b64(1, 0, 0, 0, 9, 0, 0, 1, 0, 0, 0, 0, 8, ...Array(40))],
    ['a salt beyond the end', b64(1, 0, 0, 0, 1, 0, 0, 1, 0, 255, 255, 255, 255, ...Array(40))],
    ['an empty object', {}],
    ['Keycloak without a secret', { credentialData: '{}' }],
    ['Keycloak in what is no JSON', { secretData: '{', credentialData: '{}' }],
    ['an algorithm of Keycloak’s plugins', keycloak({ algorithm: 'x', hashIterations: 1 })],
    ['Argon2 of Keycloak, of another version', argon2OfKeycloak(1, { version: ['1.0'] })],
    ['Argon2 of Keycloak, of an unknown type', argon2OfKeycloak(1, { type: ['x'] })],
    ['constructor', keycloak({ algorithm: 'constructor', hashIterations: 1 })],
    ['Firebase without its key', { ...(firebase?.hash as object), signerKey: '' }],
    ['Firebase with a short key', { ...(firebase?.hash as object), signerKey: 'AAAA' }],
    ['Firebase with a member more', { ...(firebase?.hash as object), more: true }],
    ['H(A1) of no MD5', { algorithm: 'digest-a1', hash: 'x'.repeat(32) }],
    ['32 KB', `$pbkdf2-sha256$i=1000$${salt}$${'A'.repeat(32_768)}`],
  ])('%s', async (_case, given) =>
    expect(await readHash(given, 'ada@a.b')).toEqual({ status: 'unknown' }),
  );

  test('whatever it is, and nothing is thrown', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^\$[a-z0-9-]{1,16}(\$[a-z]=\d{1,11})?\$[A-Za-z0-9+/]{1,40}\$?/),
          fc.base64String(),
          fc.dictionary(fc.string(), fc.jsonValue()),
          fc.record({ secretData: fc.json(), credentialData: fc.json() }),
        ),
        async (given) => {
          expect(['ok', 'none', 'unknown', 'too_dear']).toContain(
            (await readHash(given as GivenHash, 'ada')).status,
          );
        },
      ),
    ));

  test('a hash cut off anywhere lets in nobody with another password', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.values(FIXTURES)), fc.nat(), async (one, at) => {
        if (typeof one.hash !== 'string') return;
        const read = await readHash(one.hash.slice(0, at % one.hash.length), 'ada');
        if (read.status === 'ok')
          expect((await checkPassword(`${one.password}!`, read.stored)).matches).toBe(false);
      }),
      { numRuns: 20 },
    ));
});
