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

export async function signed(
  header: Members,
  payload: Members,
  { jwk }: SigningKey,
): Promise<string> {
  const key = prepared.get(jwk) ?? signatureKey(jwk);
  prepared.set(jwk, key);
  const text = `${partOf(header)}.${partOf(payload)}`;
  const signature = await signatureOf(text, key);
  return `${text}.${signature.toString('base64url')}`;
}

const partOf = (members: Members): string =>
  Buffer.from(JSON.stringify(members)).toString('base64url');

const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** What a token says, with nothing to prove it. */
export type Unproven = {
  status: 'unproven';
  header: Members;
  payload: Members;
  kid: string;
  alg: (typeof ALGORITHMS)[number];
  /** What is signed. */
  text: string;
  signature: string;
};
type Invalid = Extract<SignatureCheck, { status: 'invalid' }>;

export function parseSigned(token: string): Unproven | Invalid {
  const [, head = '', body = '', signature = ''] = COMPACT.exec(token) ?? [];
  const header = membersOf(head);
  if (!header) return invalid('not a signed token');
  const { crit, kid } = header;
  if (crit !== undefined) return invalid('a critical extension');
  const alg = ALGORITHMS.find((known) => known === header['alg']);
  if (!alg || typeof kid !== 'string') return invalid('no key, or an algorithm that is not ours');
  const payload = membersOf(body);
  if (!payload) return invalid('the payload is no JSON object');
  return { status: 'unproven', header, payload, kid, alg, text: `${head}.${body}`, signature };
}

export async function checkSigned(
  { kid, alg, text, signature, header, payload }: Unproven,
  keys: PublicKeyCache,
): Promise<SignatureCheck> {
  const key = await keys.find(kid, alg);
  if (!key) return invalid('an unknown key');
  return isSigned(text, Buffer.from(signature, 'base64url'), key)
    ? { status: 'valid', header, payload }
    : invalid('the signature does not match');
}

export async function checkSignature(token: string, keys: PublicKeyCache): Promise<SignatureCheck> {
  const said = parseSigned(token);
  return said.status === 'invalid' ? said : checkSigned(said, keys);
}

const invalid = (reason: string): Invalid => ({ status: 'invalid', reason });

function membersOf(part: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(decodeUtf8(Buffer.from(part, 'base64url')) ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}
