/**
 * Whether a text can be stored as the hash of a password: of a format that can be checked (check.ts), at a
 * cost that can be afforded.
 *
 * @module
 */
import { readArgon2 } from './argon2.ts';
import { readBcrypt } from './bcrypt.ts';
import { readDigestA1 } from './digest-a1.ts';
import { readFirebase } from './firebase.ts';
import type { Costly, Read } from './format.ts';
import { readPbkdf2 } from './pbkdf2.ts';
import { readScrypt } from './scrypt.ts';

const FORMATS: readonly Read<Costly>[] = [
  readArgon2,
  readBcrypt,
  readPbkdf2,
  readScrypt,
  readFirebase,
  readDigestA1,
];

export function judgeStored(text: string): 'usable' | 'unknown' | 'too_dear' {
  for (const read of FORMATS) {
    const found = read(text);
    if (found) return found.affordable ? 'usable' : 'too_dear';
  }
  return 'unknown';
}
