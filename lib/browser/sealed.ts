/**
 * What a browser keeps for us in a cookie between two of our pages: nobody but it and we can have made it,
 * and only for this use.
 *
 * Form:   base64url of the value as JSON, a dot, its proof
 * Errors: none; what was not sealed here is nothing.
 *
 * @module
 * @see RFC 6265bis §8.6 (a subdomain may set cookies)
 */
import { equalInConstantTime, hmacSha256 } from '../crypto.ts';

/** `key`: something that only the browser and we know. `use`: what it is for, and of what. */
export type Seal = { issuer: string; key: string; use: readonly string[] };

export function sealed(seal: Seal, value: unknown): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${text}.${proofOf(seal, text)}`;
}

export function unsealed(seal: Seal, cookie: string): unknown {
  const [text = '', proof = ''] = cookie.split('.');
  const wanted = Buffer.from(proofOf(seal, text));
  if (text === '' || !equalInConstantTime(Buffer.from(proof), wanted)) return undefined;
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

const proofOf = ({ issuer, key, use }: Seal, text: string): string =>
  hmacSha256(key, [issuer, ...use, text].join('\n')).toString('base64url');
