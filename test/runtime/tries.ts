/**
 * What a route is tried with: one call that it serves and one that it refuses.
 *
 * Calls see what earlier ones were answered: `kept` holds texts by names of the tries' own.
 */

import { form } from '../support/actors/clients.ts';
import type { Sent } from '../support/calls/events.ts';
import type { Answer } from '../support/running/service.ts';
import { type Fields, formOf } from '../support/web/browser.ts';

export type Kept = Map<string, string>;
export type Call = Sent & {
  /** The path and query; the route itself where nothing is said. */
  target?: string;
};
/** Takes from an answer what a later call needs. */
type Keep = (answer: Answer, kept: Kept) => void;
export type Case = {
  status: number;
  call?: (kept: Kept) => Call;
  keep?: Keep;
};
export type Try = {
  route: string;
  good: Case;
  /** Nothing where a route takes nothing, so that there is nothing to refuse. */
  bad?: Case;
};

export const kept = (known: Kept, name: string): string => {
  const value = known.get(name);
  if (value === undefined) throw new Error(`no earlier answer gave ${name}`);
  return value;
};

export const json = (value: unknown, headers: Fields = {}): Sent => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** @param path - Where in the body it stands, as `user.id`. */
export const keepAs =
  (name: string, path: string): Keep =>
  ({ body }, known) => {
    const value = path
      .split('.')
      .reduce<unknown>((at, member) => (at as Record<string, unknown> | undefined)?.[member], body);
    if (typeof value !== 'string') throw new Error(`no ${path} in the answer`);
    known.set(name, value);
  };

/** A page that asks: its form, and the cookies that came with it. */
export const keepPage: Keep = (answer, known) => {
  keepCookies(answer, known);
  known.set('form', JSON.stringify(formOf(answer)));
};

export function keepCookies({ cookies }: Answer, known: Kept): void {
  const jar = JSON.parse(known.get('cookies') ?? '{}') as Fields;
  for (const cookie of cookies) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    jar[name] = value;
  }
  known.set('cookies', JSON.stringify(jar));
}

export const withCookies = (known: Kept, sent: Call = {}): Call => {
  const jar = JSON.parse(kept(known, 'cookies')) as Fields;
  const cookies = Object.entries(jar).map(([name, value]) => `${name}=${value}`);
  return { ...sent, cookies, headers: { accept: 'text/html', ...sent.headers } };
};

/** The form that was kept, filled in. */
export const filledIn = (known: Kept, fields: Fields): Call => {
  const { action, hidden } = JSON.parse(kept(known, 'form')) as ReturnType<typeof formOf>;
  return withCookies(known, { ...form({ ...hidden, ...fields }), target: action });
};
