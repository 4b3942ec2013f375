/**
 * The settings of a domain as options of the command line, one line each.
 *
 * @module
 */
import { Misuse } from './failure.ts';

type Read = (value: string) => unknown;
const text: Read = (value) => value;
const seconds: Read = (value) => {
  if (!/^\d{1,10}$/.test(value)) throw new Misuse('expected whole seconds');
  return Number(value);
};
const words: Read = (value) => value.split(',').map((word) => word.trim().toLowerCase());
const flag: Read = (value) => {
  if (value !== 'true' && value !== 'false') throw new Misuse('expected true or false');
  return value === 'true';
};

const SETTINGS: Readonly<Record<string, { name: string; read: Read; usage: string }>> = {
  passwords: { name: 'passwords', read: text, usage: 'full|seed' },
  'session-idle': { name: 'sessionIdle', read: seconds, usage: 'SECONDS' },
  'session-absolute': { name: 'sessionAbsolute', read: seconds, usage: 'SECONDS' },
  'sign-up': { name: 'signUp', read: text, usage: 'closed|invite|open' },
  'mail-domains': { name: 'mailDomains', read: words, usage: 'example.com,example.org' },
  'email-codes': { name: 'emailCodes', read: flag, usage: 'true|false' },
  'self-delete': { name: 'selfDelete', read: flag, usage: 'true|false' },
};

/** What takes back what was said. */
const DEFAULT = 'default';

export const DOMAIN_OPTIONS = {
  passwords: { type: 'string' },
  'self-delete': { type: 'string' },
  'session-idle': { type: 'string' },
  'session-absolute': { type: 'string' },
  'sign-up': { type: 'string' },
  'mail-domains': { type: 'string' },
  'email-codes': { type: 'string' },
} as const;
export const DOMAIN_USAGE = Object.entries(SETTINGS)
  .map(([option, { usage }]) => `[--${option} ${usage}|${DEFAULT}]`)
  .join(' ');

/** @returns The body of a change. */
export function domainSettings(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const said = Object.entries(SETTINGS).flatMap(([option, { name, read }]) => {
    const value = given[option];
    if (typeof value !== 'string') return [];
    return [[name, value === DEFAULT ? null : read(value)] as const];
  });
  if (said.length === 0) throw new Misuse('say what to change: an option is missing');
  return Object.fromEntries(said);
}
