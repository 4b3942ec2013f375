/**
 * API keys as text: lk_<id>_<secret>, the secret ending in a checksum of all before it, so that a
 * secret scanner can tell a real key from a lookalike without asking anybody (docs/api-keys.md).
 *
 * The id is base64url of "key owner domain role,role", each part percent-encoded: what to read in
 * order to judge the key, so that a key costs one read like a token. It is a hint, as a token's
 * claims are; nothing in it is believed, and none of it is secret.
 *
 * @module
 */
import { checksum, randomSecret } from '../crypto.ts';
import { Fault } from '../errors.ts';
import type { SessionName } from '../store/sessions/sessions.ts';
import { decodeUtf8 } from '../utf8.ts';
import type { Claim } from '../verdict/judge.ts';

const PREFIX = 'lk_';
const KEY = /^lk_([A-Za-z0-9_-]{16,1024})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
/**
 * A key's id without its secret, however it was copied. What is encoded is ASCII without a question
 * mark, so no id of ours holds an underscore: whatever comes after one is of the secret.
 */
const KEY_ID = /^(?:lk_)?([A-Za-z0-9-]{16,1024})_?$/;
/** Bytes of an id: three become four characters of base64url. */
const MAX_ID = 768;

export const looksLikeApiKey = (text: string): boolean => text.startsWith(PREFIX);

/** @returns The key to hand out, once, and the secret whose hash is to be kept. */
export function makeApiKey(claim: Omit<Claim, 'secret'>): { text: string; secret: string } {
  const secret = randomSecret();
  const text = `${PREFIX}${Buffer.from(idOf(claim)).toString('base64url')}_${secret}`;
  return { text: text + checksum(text), secret };
}

/** Roles that do not fit are left out: such a key costs a second read, and is judged the same. */
function idOf({ name, hints }: Omit<Claim, 'secret'>): string {
  let id = [name.key, name.subject, hints.domain, ''].map(encodeURIComponent).join(' ');
  for (const role of hints.roles) {
    const longer = `${id}${id.endsWith(' ') ? '' : ','}${encodeURIComponent(role)}`;
    if (longer.length <= MAX_ID) id = longer;
  }
  if (id.length > MAX_ID) throw new Fault('an API key with an id that is too long');
  return id;
}

/** @returns `undefined` for what is not a key of ours, a typing error included. */
export function parseApiKey(text: string): Claim | undefined {
  const [, id = '', secret = '', check = ''] = KEY.exec(text) ?? [];
  if (!secret || checksum(text.slice(0, -check.length)) !== check) return undefined;
  const named = readId(id);
  return named && { ...named, secret };
}

/** @returns What the id of a key names, with `lk_` or without; `undefined` for anything else. */
export function parseKeyId(text: string): SessionName | undefined {
  return readId(KEY_ID.exec(text)?.[1] ?? '')?.name;
}

/** What the id in what looks like a key names, whatever else the text holds; nothing of it is proven. */
export function namedByKey(text: string): { key?: string; subject?: string; domain?: string } {
  const [, id = ''] = /^lk_([A-Za-z0-9-]{16,1024})/.exec(text) ?? [];
  const { name, hints } = readId(id) ?? {};
  return { ...name, ...(hints && { domain: hints.domain }) };
}

function readId(id: string): Omit<Claim, 'secret'> | undefined {
  const parts = partsOf(decodeUtf8(Buffer.from(id, 'base64url')) ?? '');
  if (parts?.length !== 4) return undefined;
  const [key, subject, domain, ...roles] = parts.flat();
  if (!key || !subject || !domain || roles.length !== parts[3]?.length) return undefined;
  return { name: { subject, key }, hints: { domain, roles: roles.filter(Boolean) } };
}

/** Whoever got the checksum right may still have got the id wrong. */
function partsOf(id: string): string[][] | undefined {
  try {
    return id.split(' ').map((part) => part.split(',').map(decodeURIComponent));
  } catch {
    return undefined;
  }
}
