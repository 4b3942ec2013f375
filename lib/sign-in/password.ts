/**
 * Password hashes as PHC strings: $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>
 *
 * @module
 * @see RFC 9106; OWASP Password Storage Cheat Sheet (the costs); RFC 8265 §4.2 (OpaqueString)
 */

import { type Argon2Cost, argon2id, equalInConstantTime, randomSalt } from '../crypto.ts';
import { Fault } from '../errors.ts';

export const COST: Argon2Cost = { memory: 19456, passes: 2, parallelism: 1 };
const TAG_LENGTH = 32;
/** A stored hash beyond these would let a bad import stall every sign-in. */
const LIMIT: Argon2Cost = { memory: 262_144, passes: 10, parallelism: 4 };
const MAX_PASSWORD_LENGTH = 1024;

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Whether it can be a password at all: what is longer would be cut off, and never match. */
export const isUsablePassword = (password: string): boolean =>
  password !== '' && password.normalize('NFC').length <= MAX_PASSWORD_LENGTH;

export type PasswordCheck = { matches: boolean; needsRehash: boolean };

export async function hashPassword(password: string, cost = COST): Promise<string> {
  const salt = randomSalt();
  const tag = await argon2id(prepare(password), salt, cost, TAG_LENGTH);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/**
 * Costs the same whether there is a hash or not: without one, a decoy is verified, so that the time
 * of the answer does not tell who exists.
 *
 * @throws Error if the stored string is not an Argon2id PHC string within the limits.
 */
export async function checkPassword(password: string, stored = decoy()): Promise<PasswordCheck> {
  const { cost, salt, tag } = parse(stored);
  const presented = await argon2id(prepare(password), salt, cost, tag.length);
  const matches = equalInConstantTime(presented, tag) && isUsablePassword(password);
  return { matches, needsRehash: matches && isCheaper(cost) };
}

function parse(stored: string): { cost: Argon2Cost; salt: Buffer; tag: Buffer } {
  const [, m, t, p, salt = '', tag = ''] = PHC.exec(stored) ?? [];
  const cost = { memory: Number(m), passes: Number(t), parallelism: Number(p) };
  const usable =
    cost.memory >= 8 * cost.parallelism &&
    cost.memory <= LIMIT.memory &&
    cost.passes >= 1 &&
    cost.passes <= LIMIT.passes &&
    cost.parallelism >= 1 &&
    cost.parallelism <= LIMIT.parallelism;
  if (!usable) throw new Fault('a stored password hash is not a usable Argon2id PHC string');
  return { cost, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

const isCheaper = ({ memory, passes }: Argon2Cost) => memory < COST.memory || passes < COST.passes;

/** A hash that no password is known to match, with the costs of a fresh one. */
const decoy = (): string =>
  `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Two keyboards may compose one character differently; overlong input costs no more than a long one. */
const prepare = (password: string): string =>
  password.normalize('NFC').slice(0, MAX_PASSWORD_LENGTH);

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
