/**
 * Firebase's scrypt: `$firebase-scrypt$ln=14,r=8$salt$separator$key$hash`. The key that scrypt gives
 * enciphers the project's own signer key, and that is the hash.
 *
 * The signer key is the project's secret, and the same for all its users. It stands in each of them, since
 * a hash without it can be checked by nobody, and goes with the hash at their first sign-in.
 *
 * @module
 */
import { equalInConstantTime } from '../../crypto.ts';
import { aes256Ctr, type ScryptCost, scryptKey } from '../../key-derivation.ts';
import { type Costly, isSalt } from './format.ts';
import { readPhc, writePhc } from './phc.ts';
import { costOf } from './scrypt.ts';

type Parts = { salt: Buffer; separator: Buffer; signerKey: Buffer; hash: Buffer };
export type Firebase = Parts & { cost: ScryptCost };

const KEY_LENGTH = 32;
const MAX_SIGNER_KEY = 128;

export function readFirebase(stored: string): (Firebase & Costly) | undefined {
  const phc = readPhc(stored);
  const [salt, separator, signerKey, hash] = phc?.parts ?? [];
  if (phc?.name !== 'firebase-scrypt' || !salt || !separator || !signerKey || !hash)
    return undefined;
  const { affordable, ...cost } = costOf(phc.costs['ln'], phc.costs['r'], 1) ?? {};
  const isWhole = hash.length === signerKey.length && hash.length >= KEY_LENGTH;
  if (affordable === undefined || !isSalt(salt) || !isWhole) return undefined;
  if (signerKey.length > MAX_SIGNER_KEY) return undefined;
  return { cost: cost as ScryptCost, salt, separator, signerKey, hash, affordable };
}

export const writeFirebase = ({ ln, r, ...parts }: Parts & { ln: number; r: number }): string =>
  writePhc({
    name: 'firebase-scrypt',
    version: undefined,
    costs: { ln, r },
    parts: [parts.salt, parts.separator, parts.signerKey, parts.hash],
  });

export async function matchesFirebase(password: string, given: Firebase) {
  const salt = Buffer.concat([given.salt, given.separator]);
  const key = await scryptKey(password, salt, given.cost, KEY_LENGTH);
  return equalInConstantTime(aes256Ctr(given.signerKey, key), given.hash);
}
