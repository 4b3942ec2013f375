/**
 * What an order by somebody unproven comes to. They typed a name or an address; a mail goes to the address
 * that the user has, never to the one that was typed, but for a sign-up.
 *
 * @module
 * @see OWASP Forgot Password Cheat Sheet (to the address on file)
 */
import { CODE_LIFETIME, makeEmailCode } from '../account/email-codes.ts';
import { LIFETIMES, makeLink } from '../account/links.ts';
import { mailable } from '../account/mail-address.ts';
import type { AskedOrder } from '../account/mail-order.ts';
import { maySignUp } from '../account/sign-up.ts';
import { policyOf } from '../store/directory/domain-policy.ts';
import { readDomain } from '../store/directory/domains.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import { findUserId } from '../store/directory/login-owners.ts';
import { readUser, type User } from '../store/directory/users.ts';
import type { Instant } from '../time.ts';
import { type Addressee, addresseeOf } from './addressee.ts';
import type { Content, Letter, Unsent, WriteServices } from './letter.ts';

export async function letterOfAsked(
  services: WriteServices,
  order: AskedOrder,
  now: Instant,
): Promise<Letter | Unsent> {
  if (order.purpose === 'sign-up') return letterOfSignUp(services, order, now);
  const user = await userNamed(services, order.login);
  const addressee = await addresseeOf(services.tables, user, { locale: order.locale });
  if (typeof addressee === 'string') return addressee;
  const refused = await services.admit(addressee.to, order.purpose);
  if (refused) return refused;
  const content = await contentOf(services, { ...order, purpose: order.purpose }, addressee, now);
  if (typeof content === 'string') return content;
  const { to, locale } = addressee;
  const brand = await services.brandOf(addressee.domain, order.client);
  return { to, locale, account: addressee.user.username, brand, content };
}

async function userNamed(
  { tables: { directory } }: WriteServices,
  login: string,
): Promise<User | undefined> {
  const name = normaliseLoginName(login);
  const id = name === undefined ? undefined : await findUserId(directory, name);
  return id === undefined ? undefined : readUser(directory, id);
}

type AboutUser = AskedOrder & { purpose: Exclude<AskedOrder['purpose'], 'sign-up'> };

async function contentOf(
  { tables, issuer }: WriteServices,
  { purpose, browser, client }: AboutUser,
  { user, domain, to, locale }: Addressee,
  now: Instant,
): Promise<Content | Unsent> {
  const address = user.email ?? to;
  if (purpose !== 'email-code') {
    const path = await makeLink(tables, { purpose, user, domain, address, locale, client }, now);
    return { about: purpose, url: issuer + path, lifetime: LIFETIMES[purpose] };
  }
  if (browser === undefined || !policyOf(domain).emailCodes) return 'not-allowed';
  const code = await makeEmailCode(tables, { browser, user, domain, address }, now);
  return { about: purpose, code, lifetime: CODE_LIFETIME };
}

/** Whoever has an account hears that, and nobody else does. */
async function letterOfSignUp(
  services: WriteServices,
  order: AskedOrder,
  now: Instant,
): Promise<Letter | Unsent> {
  const { tables, issuer, brandOf } = services;
  const { login, locale, client } = order;
  const to = mailable(login);
  if (!to) return 'no-address';
  const domain = order.domain && (await readDomain(tables.directory, order.domain));
  if (!domain || domain.disabled) return 'no-domain';
  if (!maySignUp(domain, to)) return 'not-allowed';
  const isKnown = (await userNamed(services, login)) !== undefined;
  const refused = await services.admit(to, isKnown ? 'sign-up-known' : 'sign-up');
  if (refused) return refused;
  const brand = await brandOf(domain, client);
  if (isKnown) {
    const url = `${issuer}/account/forgot-password?ui_locales=${locale}`;
    return { to, locale, account: to, brand, content: { about: 'sign-up-known', url } };
  }
  const link = { purpose: 'sign-up', domain, address: to, locale, client } as const;
  const url = issuer + (await makeLink(tables, link, now));
  return { to, locale, brand, content: { about: 'sign-up', url, lifetime: LIFETIMES['sign-up'] } };
}
