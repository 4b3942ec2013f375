/**
 * Ids of things that live beside their owner (sessions, keys, domain tokens): owner and key in one
 * word, so that a path can name them. No secret is in it.
 *
 * Errors: `not_found` for what is no such id.
 *
 * @module
 */
import { AuthError } from '../errors.ts';
import type { SessionName } from '../store/sessions.ts';

export const idOf = ({ subject, key }: SessionName): string =>
  Buffer.from(JSON.stringify([subject, key])).toString('base64url');

export function nameOf(id: string): SessionName {
  const [subject, key, ...rest] = partsOf(id);
  if (typeof subject !== 'string' || typeof key !== 'string' || !subject || !key || rest.length > 0)
    throw new AuthError('not_found', 'There is no such thing.', 'not an id of ours');
  return { subject, key };
}

function partsOf(id: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
