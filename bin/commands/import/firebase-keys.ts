/**
 * The hash parameters of a Firebase project, which its console shows and its exports leave out: as JSON, or
 * as they are copied from there.
 *
 *   hash_config { algorithm: SCRYPT, base64_signer_key: …, base64_salt_separator: …, rounds: 8, mem_cost: 14 }
 *
 * Errors: Failure for a file that lacks one.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { Failure } from '../failure.ts';

export type FirebaseKeys = {
  signerKey: string;
  saltSeparator: string;
  rounds: number;
  memoryCost: number;
};

export function firebaseKeys(file: string): FirebaseKeys {
  const text = textOf(file);
  const member = (name: string): string => {
    const found = new RegExp(`"?\\b${name}"?\\s*:\\s*"?([A-Za-z0-9+/=_-]+)`).exec(text)?.[1];
    if (found === undefined) throw new Failure(`${file} has no ${name}`);
    return found;
  };
  return {
    signerKey: member('base64_signer_key'),
    saltSeparator: member('base64_salt_separator'),
    rounds: Number(member('rounds')),
    memoryCost: Number(member('mem_cost')),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** For a hash that is as in an export: `{ hash, salt }`, or members of an algorithm of that name. */
export function withFirebaseKeys(
  user: Record<string, unknown>,
  keys: FirebaseKeys,
): Record<string, unknown> {
  const { passwordHash } = user;
  const isPair =
    typeof passwordHash === 'object' &&
    passwordHash !== null &&
    'hash' in passwordHash &&
    'salt' in passwordHash;
  if (!isPair) return user;
  return { ...user, passwordHash: { algorithm: 'firebase-scrypt', ...keys, ...passwordHash } };
}
