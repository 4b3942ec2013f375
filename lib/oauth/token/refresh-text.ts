/**
 * Refresh tokens as text: lkr_<subject>.<key>.<domain>.<family>.<secret>
 *
 * The subject and the key name the grant, the domain (in base64url) is a hint of what to read. None of
 * that is secret. The family is what all tokens of the grant have in common and nobody else knows, so
 * that one which was exchanged long ago is told from a guess; the secret is what is exchanged. Both are
 * 256 random bits, kept as fingerprints.
 *
 * @module
 * @see RFC 6749 §1.5 (opaque to the client), §10.4 (not to be guessed)
 */
import type { SessionName } from '../../store/sessions/sessions.ts';
import { decodeUtf8 } from '../../utf8.ts';

export type RefreshToken = { name: SessionName; domain: string; family: string; secret: string };

const PREFIX = 'lkr_';
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SECRET = '[0-9A-Za-z]{43}';
const TOKEN = new RegExp(
  `^${PREFIX}([0-9a-f]{24})\\.(${UUID}(?:~${UUID})?)\\.([\\w-]{1,400})\\.(${SECRET})\\.(${SECRET})$`,
);

export const looksLikeRefreshToken = (text: string): boolean => text.startsWith(PREFIX);

export function formatRefreshToken({ name, domain, family, secret }: RefreshToken): string {
  const hint = Buffer.from(domain).toString('base64url');
  return `${PREFIX}${name.subject}.${name.key}.${hint}.${family}.${secret}`;
}

/** @returns `undefined` for what is none of ours. */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, subject, key, hint = '', family, secret] = TOKEN.exec(text) ?? [];
  if (!subject || !key || !family || !secret) return undefined;
  const domain = decodeUtf8(Buffer.from(hint, 'base64url')) ?? '';
  const token = { name: { subject, key }, domain, family, secret };
  // A token has one spelling.
  return formatRefreshToken(token) === text ? token : undefined;
}
