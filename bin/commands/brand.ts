/**
 * Whose name, logo and colours people see on the pages and in the mails: of a domain, or of a client.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { shown } from './collection.ts';
import { type Command, command, type Given, type Options } from './command.ts';
import { Failure, Misuse } from './failure.ts';

const BRAND_OPTIONS = {
  name: { type: 'string' },
  logo: { type: 'string' },
  accent: { type: 'string' },
  'accent-dark': { type: 'string' },
  terms: { type: 'string' },
  privacy: { type: 'string' },
  'help-page': { type: 'string' },
  none: { type: 'boolean' },
} as const satisfies Options;

/** @param noun - In the singular, as the operand is called. */
export const brand = (path: 'domains' | 'clients', noun: 'domain' | 'client'): Command =>
  command({
    summary: `shows the brand of a ${noun}, or changes it; an option of '' is taken away, --none all of it`,
    operands: [noun.toUpperCase()],
    usage: `[--name NAME] [--logo FILE|URL] [--accent '#RRGGBB'] [--accent-dark '#RRGGBB'] [--terms URL] [--privacy URL] [--help-page URL] | [--none]`,
    options: { ...WHERE, ...BRAND_OPTIONS },
    async run([name = ''], { url, local, ...given }) {
      const api = adminApi({ url, local });
      const place = [path, name] as const;
      const wanted = changeOf(given);
      const { body } =
        wanted === undefined ? await api.get(place) : await api.change(place, { brand: wanted });
      return shown((body['brand'] ?? {}) as Record<string, unknown>);
    },
  });

/** @returns `undefined` where nothing is to be changed. */
function changeOf({ none, ...given }: Given<typeof BRAND_OPTIONS>): object | null | undefined {
  const said = {
    name: given.name,
    logo: given.logo === undefined ? undefined : logoOf(given.logo),
    accent: given.accent,
    accentDark: given['accent-dark'],
    terms: given.terms,
    privacy: given.privacy,
    help: given['help-page'],
  };
  const members = Object.entries(said).filter(([, value]) => value !== undefined);
  if (none && members.length > 0) throw new Misuse('--none goes with no other option');
  if (none) return null;
  if (members.length === 0) return undefined;
  return Object.fromEntries(
    members.map(([member, value]) => [member, value === '' ? null : value]),
  );
}

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};

function logoOf(given: string): string {
  if (given === '' || /^(https?|data):/.test(given)) return given;
  const type = TYPES[extname(given).toLowerCase()];
  if (type === undefined)
    throw new Misuse('--logo is a PNG, JPEG, GIF, WebP or SVG file, or a URL');
  try {
    return `data:${type};base64,${readFileSync(given).toString('base64')}`;
  } catch {
    throw new Failure(`${given} cannot be read`);
  }
}
