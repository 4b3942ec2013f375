/**
 * Argon2 of any kind: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. Ours are Argon2id (password.ts).
 *
 * @module
 * @see RFC 9106 §3.1
 */
import { equalInConstantTime } from '../../crypto.ts';
import { ARGON2_KINDS, type Argon2Cost, type Argon2Kind, argon2 } from '../../key-derivation.ts';
import { type Costly, MAX_MEMORY } from './format.ts';
import { readPhc } from './phc.ts';

export type Argon2 = Costly & { kind: Argon2Kind; cost: Argon2Cost; salt: Buffer; tag: Buffer };

const LIMIT: Argon2Cost = { memory: MAX_MEMORY / 1024, passes: 10, parallelism: 16 };
const FORM =
  /^\$argon2(?:d|i|id)\$v=19\$m=\d{1,10},t=\d{1,10},p=\d{1,10}\$[^$]{11,86}\$[^$]{22,86}$/;

export function readArgon2(stored: string): Argon2 | undefined {
  const phc = FORM.test(stored) ? readPhc(stored) : undefined;
  const kind = ARGON2_KINDS.find((name) => name === phc?.name);
  if (!phc || !kind) return undefined;
  const { m: memory = 0, t: passes = 0, p: parallelism = 0 } = phc.costs;
  const [salt = Buffer.alloc(0), tag = Buffer.alloc(0)] = phc.parts;
  if (parallelism < 1 || passes < 1 || memory < 8 * parallelism) return undefined;
  const cost = { memory, passes, parallelism };
  const affordable =
    memory <= LIMIT.memory && passes <= LIMIT.passes && parallelism <= LIMIT.parallelism;
  return { kind, cost, salt, tag, affordable };
}

export async function matchesArgon2(password: string, { kind, cost, salt, tag }: Argon2) {
  const presented = await argon2(kind, password, salt, { ...cost, tagLength: tag.length });
  return equalInConstantTime(presented, tag);
}
