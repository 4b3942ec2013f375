/**
 * The settings of a domain as options of the command line, one line each.
 *
 * @module
 */
import { Misuse } from './failure.ts';

type Read = (value: string) => unknown;
const text: Read = (value) => value;

const SETTINGS: Readonly<Record<string, { name: string; read: Read; usage: string }>> = {
  passwords: { name: 'passwords', read: text, usage: 'full|seed' },
};

/** What takes back what was said. */
const DEFAULT = 'default';

export const DOMAIN_OPTIONS = { passwords: { type: 'string' } } as const;
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
