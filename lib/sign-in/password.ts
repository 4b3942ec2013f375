/**
 * Password hashes as PHC strings: $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>
 *
 * What another system made is checked, too (hashes/), and made anew once it has matched.
 *
 * @module
 * @see RFC 9106; OWASP Password Storage Cheat Sheet (the costs); RFC 8265 §4.2 (OpaqueString)
 */

import { equalInConstantTime, randomSalt } from '../crypto.ts';
import { type Argon2Cost, argon2 } from '../key-derivation.ts';
import { readArgon2 } from './hashes/argon2.ts';
import { matchesForeign } from './hashes/check.ts';
import { readDigestA1 } from './hashes/digest-a1.ts';

export const COST: Argon2Cost = { memory: 19456, passes: 2, parallelism: 1 };
const TAG_LENGTH = 32;
const MAX_PASSWORD_LENGTH = 1024;

/** Whether it can be a password at all: what is longer would be cut off, and never match. */
export const isUsablePassword = (password: string): boolean =>
  password !== '' && password.normalize('NFC').length <= MAX_PASSWORD_LENGTH;

export type PasswordCheck = { matches: boolean; needsRehash: boolean };

export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomSalt();
  const tag = await argon2id(password, salt, { ...cost, tagLength: TAG_LENGTH });
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/**
 * Costs the same whether there is a hash or not: without one, a decoy is verified, so that the time
 * of the answer does not tell who exists. A hash of another system takes its own time besides.
 *
 * @throws Error if the stored string is of no known format, or not within its limits.
 */
export async function checkPassword(password: string, stored = DECOY): Promise<PasswordCheck> {
  const own = readArgon2(stored);
  if (own?.kind !== 'argon2id' || !own.affordable) return checkForeign(password, stored);
  const { cost, salt, tag } = own;
  const presented = await argon2id(password, salt, { ...cost, tagLength: tag.length });
  const matches = equalInConstantTime(presented, tag) && isUsablePassword(password);
  return { matches, needsRehash: matches && isCheaper(cost) };
}

/** A wrong password takes at least as long as a name of nobody, however little the other system's hash does. */
async function checkForeign(password: string, stored: string): Promise<PasswordCheck> {
  const matches = (await matchesForeign(password, stored)) && isUsablePassword(password);
  const tookOurs = readDigestA1(stored) !== undefined;
  if (!matches && !tookOurs) await checkPassword(password);
  return { matches, needsRehash: matches };
}

const isCheaper = ({ memory, passes }: Argon2Cost) => memory < COST.memory || passes < COST.passes;

/** A hash that no password is known to match, with the costs of a fresh one. */
const DECOY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Two keyboards may compose one character differently; overlong input costs no more than a long one. */
const argon2id = (password: string, salt: Buffer, cost: Argon2Cost & { tagLength: number }) =>
  argon2('argon2id', password.normalize('NFC').slice(0, MAX_PASSWORD_LENGTH), salt, cost);

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
