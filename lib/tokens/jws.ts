/**
 * Signed tokens, made and checked: three parts in base64url, signed with one of our keys.
 *
 * It says nothing of what the claims mean; access-token.ts writes and reads them. jose makes the keys,
 * but its signature and its check each cost a warm function more than all else that it does itself
 * (docs/performance.md).
 *
 * @module
 * @see RFC 7515 §5.1, §5.2 (the steps), §4.1.11 (`crit`: what we do not know, we refuse); RFC 8725 §3.1
 *      (the algorithm is the key's, and on our list)
 */
import { isSigned, type SignatureKey, signatureKey, signatureOf } from '../crypto.ts';
import { decodeUtf8 } from '../utf8.ts';
import { ALGORITHMS, type SigningKey } from './key-set.ts';
import type { PublicKeyCache } from './public-keys.ts';

export type Members = Readonly<Record<string, unknown>>;
export type SignatureCheck =
  | { status: 'valid'; header: Members; payload: Members }
  | { status: 'invalid'; reason: string };

/** Made once for as long as the keyring holds the JWK. */
const prepared = new WeakMap<SigningKey['jwk'], SignatureKey>();

export function signed(header: Members, payload: Members, { jwk }: SigningKey): string {
  const key = prepared.get(jwk) ?? signatureKey(jwk);
  prepared.set(jwk, key);
  const text = `${partOf(header)}.${partOf(payload)}`;
  return `${text}.${signatureOf(text, key).toString('base64url')}`;
}

const partOf = (members: Members): string =>
  Buffer.from(JSON.stringify(members)).toString('base64url');

const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

export async function checkSignature(token: string, keys: PublicKeyCache): Promise<SignatureCheck> {
  const [, head = '', body = '', signature = ''] = COMPACT.exec(token) ?? [];
  const header = membersOf(head);
  if (!header) return invalid('not a signed token');
  const { crit, kid } = header;
  if (crit !== undefined) return invalid('a critical extension');
  const alg = ALGORITHMS.find((known) => known === header['alg']);
  if (!alg || typeof kid !== 'string') return invalid('no key, or an algorithm that is not ours');
  const key = await keys.find(kid, alg);
  if (!key) return invalid('an unknown key');
  if (!isSigned(`${head}.${body}`, Buffer.from(signature, 'base64url'), key))
    return invalid('the signature does not match');
  const payload = membersOf(body);
  return payload ? { status: 'valid', header, payload } : invalid('the payload is no JSON object');
}

const invalid = (reason: string): SignatureCheck => ({ status: 'invalid', reason });

function membersOf(part: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(decodeUtf8(Buffer.from(part, 'base64url')) ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}
