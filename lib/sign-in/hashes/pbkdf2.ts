/**
 * PBKDF2: `$pbkdf2-sha256$i=600000$salt$hash`, with SHA-1 or SHA-512 likewise. What Keycloak, Django,
 * ASP.NET and passlib write becomes this (notations/).
 *
 * @module
 * @see RFC 8018 §5.2
 */
import { equalInConstantTime } from '../../crypto.ts';
import { type Pbkdf2Digest, pbkdf2Key } from '../../key-derivation.ts';
import { type Costly, isHash, isSalt } from './format.ts';
import { readPhc, writePhc } from './phc.ts';

export type Pbkdf2 = { digest: Pbkdf2Digest; iterations: number; salt: Buffer; hash: Buffer };

/** Bytes that the digest gives; a longer hash is made of several, each with all iterations. */
const BLOCK: Readonly<Record<Pbkdf2Digest, number>> = { sha1: 20, sha256: 32, sha512: 64 };
/** Iterations over all blocks: about two seconds of a whole vCPU. */
const MAX_WORK = 3_000_000;

const NAME = /^pbkdf2-(sha1|sha256|sha512)$/;

export function readPbkdf2(stored: string): (Pbkdf2 & Costly) | undefined {
  const phc = readPhc(stored);
  const digest = NAME.exec(phc?.name ?? '')?.[1] as Pbkdf2Digest | undefined;
  const [salt, hash, more] = phc?.parts ?? [];
  const { i: iterations = 0 } = phc?.costs ?? {};
  if (!digest || !salt || !hash || more || iterations < 1) return undefined;
  if (!isSalt(salt) || !isHash(hash)) return undefined;
  const work = iterations * Math.ceil(hash.length / BLOCK[digest]);
  return { digest, iterations, salt, hash, affordable: work <= MAX_WORK };
}

export const writePbkdf2 = ({ digest, iterations, salt, hash }: Pbkdf2): string =>
  writePhc({
    name: `pbkdf2-${digest}`,
    version: undefined,
    costs: { i: iterations },
    parts: [salt, hash],
  });

export async function matchesPbkdf2(password: string, given: Pbkdf2) {
  const { digest, iterations, salt, hash } = given;
  const presented = await pbkdf2Key(password, salt, iterations, hash.length, digest);
  return equalInConstantTime(presented, hash);
}
