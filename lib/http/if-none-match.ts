/**
 * Whether a caller has the content as it is already.
 *
 * @module
 * @see RFC 9110 §13.1.2 (If-None-Match compares weakly)
 */
import type { HttpRequest } from './request.ts';

export function isKnown({ headers }: Pick<HttpRequest, 'headers'>, etag: string): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim());
  return known.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}
