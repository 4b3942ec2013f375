/**
 * In which of our encodings a caller takes a content that we keep compressed.
 *
 * @module
 * @see RFC 9110 §12.5.3 (Accept-Encoding; without it any encoding will do, but few programs mean that)
 */
import Negotiator from 'negotiator';
import type { HttpRequest } from './request.ts';

export type ContentCoding = 'br' | 'gzip' | 'identity';

/** The first is the smallest. */
const OURS: readonly ContentCoding[] = ['br', 'gzip', 'identity'];

export function contentCoding({ headers }: Pick<HttpRequest, 'headers'>): ContentCoding {
  const accepted = headers['accept-encoding'];
  if (accepted === undefined) return 'identity';
  const taken = new Negotiator({ headers: { 'accept-encoding': accepted } }).encodings(OURS);
  return OURS.find((coding) => taken.includes(coding)) ?? 'identity';
}
