/**
 * Links that people are sent, as a rule: each is good for one purpose, once, for a while, and only as
 * long as nothing has happened since that ends sessions of whoever it was sent to.
 *
 *   reset-password, unlock      an hour
 *   verify-email, change-email  a day
 *   sign-up                     a day
 *   invitation                  a week
 *   must-change, end-access     a quarter of an hour; nobody is sent them, a page leads there: to another
 *                               password after a right one, and to the end of what may still enter
 *
 * Its secret is in the query of its URL, which no log of ours has. To look at it spends nothing, since
 * programs that check mail open every link: only the form of its page does.
 *
 * A link that is about an account stands by the account's generation, and by the address that it was
 * sent to being the account's still. One by which an account is to be made stands by the domain's.
 *
 * Units:  epoch seconds.
 * Errors: the store's; a link that is not good is an answer, the same whatever the reason.
 *
 * @module
 * @see OWASP Forgot Password Cheat Sheet (random, single use, expires, stored as a hash)
 */

import type { Tables } from '../aws/tables.ts';
import type { Write } from '../aws/transaction.ts';
import { randomSecret } from '../crypto.ts';
import { type Domain, domainKey, readDomain } from '../store/directory/domains.ts';
import { subjectKey } from '../store/directory/subjects.ts';
import { readUser, type User } from '../store/directory/users.ts';
import {
  type Link,
  type Purpose,
  readLinkItem,
  saveLink,
  spending,
} from '../store/sessions/links.ts';
import { after, type Instant, isOver, type Seconds, seconds } from '../time.ts';

export type { Link, Purpose } from '../store/sessions/links.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
export const LIFETIMES: Readonly<Record<Purpose, Seconds>> = {
  'reset-password': seconds(HOUR),
  unlock: seconds(HOUR),
  'verify-email': seconds(DAY),
  'change-email': seconds(DAY),
  'sign-up': seconds(DAY),
  invitation: seconds(7 * DAY),
  'must-change': seconds(HOUR / 4),
  'end-access': seconds(HOUR / 4),
};

/** Where each leads, below the issuer. */
export const PAGES: Readonly<Record<Purpose, string>> = {
  'reset-password': '/account/reset-password',
  unlock: '/account/unlock',
  'verify-email': '/account/verify-email',
  'change-email': '/account/email',
  'sign-up': '/account/sign-up/finish',
  invitation: '/account/invitation',
  'must-change': '/account/new-password',
  'end-access': '/account/reset-password/access',
};

type AboutUser = { purpose: Exclude<Purpose, 'sign-up'>; user: User };
type AboutNobodyYet = { purpose: 'sign-up'; user?: never };
/** `domain`: the user's, or the one to sign up in. `address`: where it is sent. */
export type NewLink = (AboutUser | AboutNobodyYet) & {
  domain: Domain;
  address?: string | undefined;
  locale?: string | undefined;
  /** At whose sign-in it is asked for. */
  client?: string | undefined;
  /** By which whoever is led there has shown that the address is theirs, where no mail led them. */
  means?: 'email-code' | undefined;
  /** A path of ours. Never what somebody unproven has asked for. */
  returnTo?: string | undefined;
};

/**
 * @param now - Epoch seconds.
 * @returns Its path and query, with a secret that is nowhere else.
 */
export async function makeLink(
  { sessions }: Pick<Tables, 'sessions'>,
  { purpose, user, domain, address, locale, client, means, returnTo }: NewLink,
  now: Instant,
): Promise<string> {
  const secret = randomSecret();
  await saveLink(sessions, secret, {
    purpose,
    subject: user?.id,
    generation: user?.generation,
    domain: domain.name,
    domainGeneration: domain.generation,
    address,
    replaces: purpose === 'change-email' ? user?.email : undefined,
    locale,
    client,
    means,
    returnTo,
    expiresAt: after(now, LIFETIMES[purpose]),
  });
  const query = new URLSearchParams({ secret, ...(locale && { ui_locales: locale }) });
  return `${PAGES[purpose]}?${query}`;
}

/** What a link that is good right now is about. `user`: of every purpose but `sign-up`. */
export type Standing = { status: 'good'; secret: string; link: Link; domain: Domain } & (
  | { user: User }
  | { user?: undefined }
);
export type LinkRead = Standing | { status: 'over' };

const OVER = { status: 'over' } as const;

/** Spends nothing. @param now - Epoch seconds. */
export async function readLink(
  { directory, sessions }: Tables,
  purpose: Purpose,
  secret: string,
  now: Instant,
): Promise<LinkRead> {
  const link = await readLinkItem(sessions, secret);
  const isOpen =
    link?.purpose === purpose && !isOver(link.expiresAt, now) && link.spentAt === undefined;
  if (!isOpen) return OVER;
  const domain = await readDomain(directory, link.domain);
  if (!domain || domain.disabled || domain.generation !== link.domainGeneration) return OVER;
  const standing = { status: 'good', secret, link, domain } as const;
  if (link.subject === undefined) return purpose === 'sign-up' ? standing : OVER;
  const user = await readUser(directory, link.subject);
  return user && stands(link, user) ? { ...standing, user } : OVER;
}

const stands = ({ generation, domain, address, purpose, replaces }: Link, user: User): boolean =>
  !user.disabled &&
  user.generation === generation &&
  user.domain === domain &&
  user.email === (purpose === 'change-email' ? replaces : address);

/**
 * The writes that spend it, for the transaction of what it is for: of two at once one passes. They hold
 * that the link is unspent and the domain stands; that the user does is the condition of the write that
 * changes the user (`saveUser`, by the version that was read), or else of `userStands`.
 */
export const spendLink = (
  { directory, sessions }: Tables,
  { secret, link, domain }: Standing,
  now: Instant,
): Write[] => [
  spending(sessions, { secret, purpose: link.purpose }, now),
  {
    table: directory,
    check: domainKey(domain.name),
    when: {
      expression: 'generation = :domain AND disabled = :no',
      values: { ':domain': link.domainGeneration, ':no': false },
    },
  },
];

/** For a transaction that does not write the user. */
export const userStands = (
  { directory }: Pick<Tables, 'directory'>,
  { id, generation }: User,
): Write => ({
  table: directory,
  check: subjectKey(id),
  when: {
    expression: 'generation = :generation AND disabled = :no',
    values: { ':generation': generation, ':no': false },
  },
});
