/**
 * Password hashes as Django stores them: `algorithm$…`, with its salts as text.
 *
 *   pbkdf2_sha256$1000000$salt$hash     pbkdf2_sha1 likewise
 *   argon2$argon2id$v=19$…              a PHC string behind a name
 *   bcrypt$$2b$12$…                     bcrypt_sha256$$2b$12$… likewise
 *   scrypt$16384$salt$8$5$hash
 *
 * NOT taken: its hashes of one round, `md5$…` and the like, which Django itself has given up.
 *
 * @module
 * @see django.contrib.auth.hashers
 */
import { writePbkdf2 } from '../../sign-in/hashes/pbkdf2.ts';
import { readBase64 } from '../../sign-in/hashes/phc.ts';
import { writeScrypt } from '../../sign-in/hashes/scrypt.ts';

const NUMBER = /^\d{1,10}$/;

/** @returns As it is stored here; `undefined` for what Django does not write. */
export function fromDjango(text: string): string | undefined {
  const [algorithm = '', ...rest] = text.split('$');
  switch (algorithm) {
    case 'pbkdf2_sha256':
      return pbkdf2('sha256', rest);
    case 'pbkdf2_sha1':
      return pbkdf2('sha1', rest);
    case 'scrypt':
      return scrypt(rest);
    case 'argon2':
      return `$${rest.join('$')}`;
    case 'bcrypt':
      return rest.join('$');
    case 'bcrypt_sha256':
      return `bcrypt_sha256$${rest.join('$')}`;
    default:
      return undefined;
  }
}

function pbkdf2(digest: 'sha1' | 'sha256', parts: readonly string[]): string | undefined {
  const [iterations = '', salt = '', encoded, more] = parts;
  const hash = readBase64(encoded);
  if (!NUMBER.test(iterations) || salt === '' || !hash || more !== undefined) return undefined;
  return writePbkdf2({ digest, iterations: Number(iterations), salt: Buffer.from(salt), hash });
}

function scrypt(parts: readonly string[]): string | undefined {
  const [n = '', salt = '', r = '', p = '', encoded, more] = parts;
  const hash = readBase64(encoded);
  const ln = Math.log2(Number(n));
  if (![n, r, p].every((one) => NUMBER.test(one)) || !Number.isInteger(ln)) return undefined;
  if (salt === '' || !hash || more !== undefined) return undefined;
  return writeScrypt({ ln, r: Number(r), p: Number(p), salt: Buffer.from(salt), hash });
}
