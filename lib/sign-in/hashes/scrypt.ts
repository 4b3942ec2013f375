/**
 * scrypt: `$scrypt$ln=17,r=8,p=1$salt$hash`, where N is 2 to the power of `ln`.
 *
 * @module
 * @see RFC 7914
 */
import { equalInConstantTime } from '../../crypto.ts';
import { type ScryptCost, scryptKey, scryptMemory } from '../../key-derivation.ts';
import { type Costly, isHash, isSalt, MAX_MEMORY } from './format.ts';
import { readPhc, writePhc } from './phc.ts';

export type Scrypt = { cost: ScryptCost; salt: Buffer; hash: Buffer };

/** N times r times p: about two seconds of a whole vCPU. */
const MAX_WORK = 2 ** 21;

/** @returns `undefined` for costs that scrypt does not have. */
export function costOf(ln = 0, r = 0, p = 0): (ScryptCost & Costly) | undefined {
  if (ln < 1 || ln > 30 || r < 1 || p < 1) return undefined;
  const cost = { N: 2 ** ln, r, p };
  const affordable = scryptMemory(cost) <= MAX_MEMORY && cost.N * r * p <= MAX_WORK;
  return { ...cost, affordable };
}

export function readScrypt(stored: string): (Scrypt & Costly) | undefined {
  const phc = readPhc(stored);
  const [salt, hash, more] = phc?.parts ?? [];
  if (phc?.name !== 'scrypt' || !salt || !hash || more) return undefined;
  const { affordable, ...cost } = costOf(phc.costs['ln'], phc.costs['r'], phc.costs['p']) ?? {};
  if (affordable === undefined || !isSalt(salt) || !isHash(hash)) return undefined;
  return { cost: cost as ScryptCost, salt, hash, affordable };
}

type Written = { ln: number; r: number; p: number; salt: Buffer; hash: Buffer };
export const writeScrypt = ({ ln, r, p, salt, hash }: Written): string =>
  writePhc({ name: 'scrypt', version: undefined, costs: { ln, r, p }, parts: [salt, hash] });

export async function matchesScrypt(password: string, { cost, salt, hash }: Scrypt) {
  return equalInConstantTime(await scryptKey(password, salt, cost, hash.length), hash);
}
