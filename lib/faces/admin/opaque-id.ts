/**
 * Ids of things that live beside their owner (sessions, keys, domain tokens): owner and key in one
 * word, so that a path can name them. No secret is in it.
 *
 * An API key is named by the id in its text, too, with `lk_` or without: whoever finds a leaked key
 * holds that one, and no other. A whole key is no id, so its secret gets into no URL that works.
 *
 * Errors: `not_found` for what is no such id.
 *
 * @module
 */

import { AuthError } from '../../errors.ts';
import { parseKeyId } from '../../guard/api-key.ts';
import type { SessionName } from '../../store/sessions/sessions.ts';
import { decodeUtf8 } from '../../utf8.ts';

export const idOf = ({ subject, key }: SessionName): string =>
  Buffer.from(JSON.stringify([subject, key])).toString('base64url');

export function nameOf(id: string): SessionName {
  const name = parseId(id);
  if (name) return name;
  throw new AuthError({
    code: 'not_found',
    rule: 'id-malformed',
    text: 'There is no such thing: an id is expected as the list shows it, or lk_ and the id of an API key.',
    reason: 'not an id of ours',
  });
}

export function parseId(id: string): SessionName | undefined {
  const [subject, key, ...rest] = partsOf(id);
  if (typeof subject === 'string' && typeof key === 'string' && subject && key && !rest.length)
    return { subject, key };
  return parseKeyId(id);
}

function partsOf(id: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(decodeUtf8(Buffer.from(id, 'base64url')) ?? '');
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
