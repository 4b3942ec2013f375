/**
 * bcrypt: `$2b$12$` with salt and hash, `$2a$` and `$2y$` too; and Django's `bcrypt_sha256`, which hashes
 * the SHA-256 of the password, in hexadecimal digits.
 *
 * It sees the first 72 bytes of a password alone, so whoever types these and anything after them is let
 * in, as where the hash comes from. With that sign-in it is replaced by one that sees all.
 *
 * @module
 * @see Provos and Mazières, A Future-Adaptable Password Scheme (1999)
 */
import { sha256Hex } from '../../key-derivation.ts';
import type { Costly } from './format.ts';

export type Bcrypt = Costly & { hash: string; digested: boolean };

/** Twice the time for each: this one takes about two seconds of a whole vCPU. */
const MAX_COST = 14;
const FORM = /^(bcrypt_sha256\$)?(\$2[aby]\$(\d{2})\$[./A-Za-z0-9]{53})$/;

export function readBcrypt(stored: string): Bcrypt | undefined {
  const [, digested, hash, rounds] = FORM.exec(stored) ?? [];
  const cost = Number(rounds);
  if (hash === undefined || cost < 4 || cost > 31) return undefined;
  return { hash, digested: digested !== undefined, affordable: cost <= MAX_COST };
}

/** The library is loaded by the first who needs it. */
export async function matchesBcrypt(password: string, { hash, digested }: Bcrypt) {
  const { compare } = await import('bcryptjs');
  return compare(digested ? sha256Hex(password) : password, hash);
}
