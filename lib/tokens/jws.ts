/**
 * Checks a signed token: three parts in base64url, signed with one of our published keys.
 *
 * It says nothing of what the claims mean; access-token.ts reads them. jose signs and makes keys, but
 * its check costs the authorizer more than all else it does (docs/performance.md).
 *
 * @module
 * @see RFC 7515 §5.2 (the steps), §4.1.11 (`crit`: what we do not know, we refuse); RFC 8725 §3.1
 *      (the algorithm is the key's, and on our list)
 */
import { isSigned } from '../crypto.ts';
import { ALGORITHMS } from './key-set.ts';
import type { PublicKeyCache } from './public-keys.ts';

export type Members = Readonly<Record<string, unknown>>;
export type Checked =
  | { status: 'valid'; header: Members; payload: Members }
  | { status: 'invalid'; reason: string };

const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

export async function checkSignature(token: string, keys: PublicKeyCache): Promise<Checked> {
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

const invalid = (reason: string): Checked => ({ status: 'invalid', reason });

function membersOf(part: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}
