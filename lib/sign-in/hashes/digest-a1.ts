/**
 * H(A1) of HTTP Digest, as servers of telephony store it: `$digest-a1$prefix$hash`, where the prefix is
 * `username:realm:` and the hash the MD5 of that and the password.
 *
 * One who has read it needs no time at all to try passwords. It is taken in so that nobody has to choose
 * another password on the day of a move; the first sign-in replaces it.
 *
 * @module
 * @see RFC 2617 §3.2.2.2
 */
import { equalInConstantTime } from '../../crypto.ts';
import { md5 } from '../../key-derivation.ts';
import type { Costly } from './format.ts';
import { readPhc, writePhc } from './phc.ts';

export type DigestA1 = Costly & { prefix: string; hash: Buffer };

const LENGTH = 16;

export function readDigestA1(stored: string): DigestA1 | undefined {
  const phc = readPhc(stored);
  const [prefix, hash, more] = phc?.parts ?? [];
  if (phc?.name !== 'digest-a1' || !prefix || hash?.length !== LENGTH || more) return undefined;
  return { prefix: prefix.toString('utf8'), hash, affordable: true };
}

type Written = { username: string; realm: string; hash: Buffer };
export const writeDigestA1 = ({ username, realm, hash }: Written): string =>
  writePhc({
    name: 'digest-a1',
    version: undefined,
    costs: {},
    parts: [Buffer.from(`${username}:${realm}:`), hash],
  });

export const matchesDigestA1 = async (password: string, { prefix, hash }: DigestA1) =>
  equalInConstantTime(md5(`${prefix}${password}`), hash);
