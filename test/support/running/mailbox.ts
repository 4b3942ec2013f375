/**
 * What the mailbox of a running local stack has caught.
 *
 * @module
 */

import type { Message } from '../../../dev/mailbox/messages.ts';
import type { RunningStack } from '../../../dev/stack.ts';

type Stack = { urls: Pick<RunningStack['urls'], 'mailbox'> };

/** Newest first. @param to - An address. */
export async function mailsTo({ urls }: Stack, to: string): Promise<Message[]> {
  const answer = await fetch(`${urls.mailbox}/messages?${new URLSearchParams({ to })}`);
  const { items } = (await answer.json()) as { items: Message[] };
  return items;
}

/** Milliseconds. */
const PATIENCE = 20_000;
const PAUSE = 100;

/**
 * The newest mail to an address, as soon as there is one more than `seen`.
 *
 * @param seen - How many have been looked at before.
 */
export async function nextMail(stack: Stack, to: string, seen = 0): Promise<Message> {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const mails = await mailsTo(stack, to);
    if (mails[0] && mails.length > seen) return mails[0];
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  throw new Error(`no mail has come to ${to}`);
}

/** The first link of a mail that leads to this path. */
export function linkIn({ links }: Message, path: string): string {
  const found = links.find((link) => new URL(link).pathname === path);
  if (!found) throw new Error(`no link to ${path} in the mail`);
  return found;
}
