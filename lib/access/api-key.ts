/**
 * API keys as text: lk_<id>_<secret>, the secret ending in a checksum of all before it, so that a
 * secret scanner can tell a real key from a lookalike without asking anybody.
 *
 * The id is base64url of "key owner domain role,role": what to read in order to judge the key, so
 * that a key costs one read like a token. It is a hint, as a token's claims are; nothing in it is
 * believed, and none of it is secret.
 *
 * @module
 */
import { checksum, randomSecret } from '../crypto.ts';
import type { Claim } from './verdict.ts';

const PREFIX = 'lk_';
const KEY = /^lk_([A-Za-z0-9_-]{16,1024})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

export const looksLikeApiKey = (text: string): boolean => text.startsWith(PREFIX);

/** @returns The key to hand out, once, and the secret whose hash is to be kept. */
export function makeApiKey({ name, hints }: Omit<Claim, 'secret'>): {
  text: string;
  secret: string;
} {
  const id = [name.key, name.subject, hints.domain, hints.roles.join(',')].join(' ');
  const secret = randomSecret();
  const text = `${PREFIX}${Buffer.from(id).toString('base64url')}_${secret}`;
  return { text: text + checksum(text), secret };
}

/** @returns `undefined` for what is not a key of ours, a typing error included. */
export function parseApiKey(text: string): Claim | undefined {
  const [, id = '', secret = '', check = ''] = KEY.exec(text) ?? [];
  if (!secret || checksum(text.slice(0, -check.length)) !== check) return undefined;
  const parts = Buffer.from(id, 'base64url').toString('utf8').split(' ');
  const [key, subject, domain, roles] = parts;
  if (parts.length !== 4 || !key || !subject || !domain || roles === undefined) return undefined;
  return {
    name: { subject, key },
    hints: { domain, roles: roles === '' ? [] : roles.split(',') },
    secret,
  };
}
