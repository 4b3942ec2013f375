/**
 * H(A1) of HTTP Digest, as servers of telephony store it: the MD5 of `username:realm:password`. By itself it
 * would cost nobody who has read it any time to try passwords, so it is stored hashed once more, by a hash
 * of ours: `$digest-a1$prefix` and then that one, where the prefix is `username:realm:`.
 *
 * @module
 * @see RFC 2617 §3.2.2.2
 */
import { md5Hex } from '../../key-derivation.ts';
import { type Argon2, matchesArgon2, readArgon2 } from './argon2.ts';
import type { Costly } from './format.ts';

export type DigestA1 = Costly & { prefix: string; outer: Argon2 };

const FORM = /^\$digest-a1\$([A-Za-z0-9+/]{2,700})(\$argon2id\$.+)$/;

export function readDigestA1(stored: string): DigestA1 | undefined {
  const [, prefix = '', rest = ''] = FORM.exec(stored) ?? [];
  const outer = readArgon2(rest);
  if (!outer) return undefined;
  const text = Buffer.from(prefix, 'base64').toString('utf8');
  return { prefix: text, outer, affordable: outer.affordable };
}

/** @param outer - The hash of ours of the MD5 in small hexadecimal digits. */
export function writeDigestA1(name: { username: string; realm: string }, outer: string): string {
  const prefix = Buffer.from(`${name.username}:${name.realm}:`).toString('base64');
  return `$digest-a1$${prefix.replace(/=+$/, '')}${outer}`;
}

export const matchesDigestA1 = (password: string, { prefix, outer }: DigestA1): Promise<boolean> =>
  matchesArgon2(md5Hex(`${prefix}${password}`), outer);
