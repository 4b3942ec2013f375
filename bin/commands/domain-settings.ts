/**
 * The settings of a domain as options of the command line, one line each.
 *
 * @module
 */
import { Misuse } from './failure.ts';

type Read = (value: string) => unknown;
const text: Read = (value) => value;
const WORDS: Readonly<Record<string, boolean>> = { yes: true, no: false };
/** Any other word goes on as it is: the service says what it wants. */
const yesOrNo: Read = (value) => (Object.hasOwn(WORDS, value) ? WORDS[value] : value);

const SETTINGS: Readonly<Record<string, { name: string; read: Read; usage: string }>> = {
  passwords: { name: 'passwords', read: text, usage: 'full|seed' },
  'self-delete': { name: 'selfDelete', read: yesOrNo, usage: 'yes|no' },
};

/** What takes back what was said. */
const DEFAULT = 'default';

export const DOMAIN_OPTIONS = {
  passwords: { type: 'string' },
  'self-delete': { type: 'string' },
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
