/**
 * Whether a password is the one of a hash that another system made.
 *
 * Errors: a Fault for a stored text that is none of these, or costs too much.
 *
 * @module
 */
import { Fault } from '../../errors.ts';
import { matchesArgon2, readArgon2 } from './argon2.ts';
import { matchesBcrypt, readBcrypt } from './bcrypt.ts';
import { matchesDigestA1, readDigestA1 } from './digest-a1.ts';
import { matchesFirebase, readFirebase } from './firebase.ts';
import type { Costly, Matches, Read } from './format.ts';
import { matchesPbkdf2, readPbkdf2 } from './pbkdf2.ts';
import { matchesScrypt, readScrypt } from './scrypt.ts';

type Check = (password: string, stored: string) => Promise<boolean> | undefined;

function checkBy<P extends Costly>(read: Read<P>, matches: Matches<P>): Check {
  return (password, stored) => {
    const parameters = read(stored);
    return parameters?.affordable ? matches(password, parameters) : undefined;
  };
}

const CHECKS: readonly Check[] = [
  checkBy(readArgon2, matchesArgon2),
  checkBy(readBcrypt, matchesBcrypt),
  checkBy(readPbkdf2, matchesPbkdf2),
  checkBy(readScrypt, matchesScrypt),
  checkBy(readFirebase, matchesFirebase),
  checkBy(readDigestA1, matchesDigestA1),
];

export async function matchesForeign(password: string, stored: string): Promise<boolean> {
  for (const check of CHECKS) {
    const matches = check(password, stored);
    if (matches) return matches;
  }
  throw new Fault('a stored password hash is of no known format, or costs too much');
}
