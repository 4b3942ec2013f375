/**
 * Events as a table for spreadsheets (RFC 4180), in which nothing is a formula: what begins as one would is
 * marked as text by a quote.
 *
 * @module
 * @see OWASP, "CSV Injection": = + - @, tab and carriage return
 */
import type { Event } from './types.ts';

type Column = readonly [name: string, of: (event: Event) => unknown];

const COLUMNS: readonly Column[] = [
  ['at', ({ at }) => new Date(at * 1000).toISOString()],
  ['type', ({ type }) => type],
  ['domain', ({ domain }) => domain],
  ['collection', ({ collection }) => collection],
  ['target', ({ target }) => target],
  ['subject', ({ subject }) => subject],
  ['seq', ({ seq }) => seq],
  ['actor_kind', ({ actor }) => actor.kind],
  ['actor_subject', ({ actor }) => actor.subject],
  ['actor_username', ({ actor }) => actor.username],
  ['actor_client', ({ actor }) => actor.client],
  ['actor_key', ({ actor }) => actor.key],
  ['actor_arn', ({ actor }) => actor.arn],
  ['address', ({ actor }) => actor.ip],
  ['user_agent', ({ actor }) => actor.userAgent],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['renewed', ({ renewed }) => renewed],
  ['cut', ({ cut }) => cut],
  ['detail', ({ detail }) => detail],
  ['request_id', ({ requestId }) => requestId],
  ['id', ({ id }) => id],
];

export const csvOf = (events: readonly Event[]): string =>
  [
    COLUMNS.map(([name]) => name),
    ...events.map((event) => COLUMNS.map(([, of]) => fieldOf(of(event)))),
  ]
    .map((fields) => `${fields.join(',')}\r\n`)
    .join('');

export const linesOf = (events: readonly Event[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A number is none of others' texts. */
export function fieldOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n\t]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
