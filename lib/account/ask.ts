/**
 * What somebody unproven asks to be mailed: a link to another password, to a new account or past a flood of
 * guesses, or a code. Nobody is looked up for it: the attempt is counted and an order for a mail is left,
 * so the answer, its time and the requests made for it are the same whoever has that name, and if nobody
 * has.
 *
 *   name from one address   5 free, then 1 s, 2 s, 4 s … to the end of the window
 *   name from anywhere      20 free, then up to 30 s
 *   address, any name       50 free, then up to 30 s
 *
 * So many may be asked for, not sent: how many mails an address gets is the rule of the function that sends.
 *
 * Units:  epoch seconds.
 * Errors: `temporarily_unavailable` where the order could not be left.
 *
 * @module
 * @see OWASP Forgot Password Cheat Sheet (uniform message and time, rate limits)
 */

import type { Tables } from '../aws/tables.ts';
import { sha256 } from '../crypto.ts';
import { networkOf } from '../http/source-address.ts';
import { nextAt } from '../sign-in/throttle.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import { countAttempt, readAttempts, WINDOW, windowEnd } from '../store/sessions/attempts.ts';
import type { Instant } from '../time.ts';
import { type AskedOrder, type MailServices, orderMail } from './mail-order.ts';

const RULES = [
  { of: (name: string, from: string) => `asked\n${name}\n${from}`, free: 5, most: WINDOW },
  { of: (name: string) => `asked\n${name}`, free: 20, most: 30 },
  { of: (_name: string, from: string) => `asked from\n${from}`, free: 50, most: 30 },
] as const;

export type AskServices = MailServices & { tables: Tables; now: () => Instant };
export type Ask = Omit<AskedOrder, 'kind'>;
export type Asked =
  | { status: 'ordered' }
  /** It cannot be a name, or an address. */
  | { status: 'unusable' }
  /** Seconds. */
  | { status: 'locked'; wait: number };

/** @param ip - From where it was asked. */
export async function ask(services: AskServices, wanted: Ask, ip: string): Promise<Asked> {
  const name = normaliseLoginName(wanted.login);
  if (!name) return { status: 'unusable' };
  const wait = await countAsk(services, { name, from: networkOf(ip) });
  if (wait > 0) return { status: 'locked', wait };
  await orderMail(services, { kind: 'asked', ...wanted, login: wanted.login.trim() });
  return { status: 'ordered' };
}

/** @returns Seconds to wait, where it is too early for another one; it is not counted then. */
async function countAsk(
  { tables: { sessions }, now }: AskServices,
  { name, from }: { name: string; from: string },
): Promise<number> {
  const at = now();
  const whats = RULES.map(({ of }) => sha256(of(name, from)).toString('base64url'));
  const seen = await readAttempts(sessions, whats, at);
  const turn = Math.max(...RULES.map((rule, index) => nextAt(rule, seen[index])));
  const wait = Math.min(turn, windowEnd(at)) - at;
  if (wait > 0) return wait;
  const counted = await Promise.all(
    whats.map((what, index) =>
      countAttempt(sessions, { what, seen: seen[index], below: RULES[index]?.free ?? 0 }, at),
    ),
  );
  // Somebody else was quicker, and now it is their attempt that has to be waited for.
  return counted.includes(false) ? 1 : 0;
}
