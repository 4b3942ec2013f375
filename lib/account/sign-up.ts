/**
 * Signing up: a mail to the address first, and nothing else. The account is made when its link is spent, in
 * the same transaction, so there is none whose address nobody has shown to be theirs; and of two at once
 * one is made.
 *
 * It is made in the domain of the client that sent the person here, or the deployment's own, where that
 * domain is open at that moment. It holds the role `user` alone.
 *
 * Errors: `invalid_request` for a password that can be none; all else is an answer.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { untilUncontested } from '../aws/until-uncontested.ts';
import { type CalledFrom, trailOf } from '../events/trail.ts';
import { traceOf } from '../manage/users/lifecycle.ts';
import { requireGoodPassword } from '../manage/users/password-rule.ts';
import { refuseUnsaved } from '../manage/users/refusals.ts';
import { newUser } from '../manage/users/register.ts';
import { hashPassword } from '../sign-in/password.ts';
import { isClientId } from '../store/directory/client-id.ts';
import { type Client, readClient } from '../store/directory/clients.ts';
import { policyOf } from '../store/directory/domain-policy.ts';
import { type Domain, readDomain } from '../store/directory/domains.ts';
import { saveUser, type User } from '../store/directory/users.ts';
import { startOf } from '../time.ts';
import { holderOf, type LinkServices } from './choose-password.ts';
import { readLink, spendLink } from './links.ts';

/** @param address - As a mail is sent to it (mail-address.ts). */
export function maySignUp(domain: Domain, address: string): boolean {
  const { mailDomains } = policyOf(domain);
  const host = address.slice(address.lastIndexOf('@') + 1);
  return isOpen(domain) && (mailDomains.length === 0 || mailDomains.includes(host));
}

const isOpen = (domain: Domain): boolean => !domain.disabled && policyOf(domain).signUp === 'open';

/** @param name - Of the client's that sent the person here; empty for none. */
export async function openDomain(
  { directory }: Pick<Tables, 'directory'>,
  name: string,
): Promise<Domain | undefined> {
  const domain = name === '' ? undefined : await readDomain(directory, name);
  return domain && isOpen(domain) ? domain : undefined;
}

/** Who sent the person here. @param id - As somebody sent it, so it may be anything. */
export async function sendingClient(
  { directory }: Pick<Tables, 'directory'>,
  id: string | null,
): Promise<Client | undefined> {
  const client = id !== null && isClientId(id) ? await readClient(directory, id) : undefined;
  return client && !client.disabled ? client : undefined;
}

type NewAccount = {
  secret: string;
  name: string;
  password: string;
  locale: string;
  from: CalledFrom;
};
export type SignedUp =
  | { status: 'done'; user: User }
  /** Somebody has made one with that address since. */
  | { status: 'taken' }
  | { status: 'over' };

/**
 * @param account.name - What the person is called; empty for nothing.
 * @param account.locale - In which the page is.
 */
export async function finishSignUp(
  { tables, trail, now }: LinkServices,
  { secret, name, password, locale, from }: NewAccount,
): Promise<SignedUp> {
  let passwordHash: string | undefined;
  return untilUncontested<SignedUp>('an account is being made', async () => {
    const at = now();
    const read = await readLink(tables, 'sign-up', secret, at);
    if (read.status !== 'good') return { status: 'over' };
    const { domain, link } = read;
    const { address = '' } = link;
    if (!maySignUp(domain, address)) return { status: 'over' };
    const unsaved = userOf({ address, name, locale, domain }, startOf(at));
    const owner = { ...unsaved, client: link.client };
    await requireGoodPassword(tables.directory, password, owner, 'newPassword');
    passwordHash ??= await hashPassword(password);
    const user = { ...unsaved, passwordHash };
    const traced = traceOf({ trail: trailOf(trail, holderOf(user), from) }, { after: user });
    const also = [...spendLink(tables, read, at), ...traced];
    const saved = await saveUser(tables.directory, { after: user }, also);
    if (saved.status === 'taken') return { status: 'taken' };
    return refuseUnsaved(saved, user) ?? { status: 'done', user };
  });
}

type Newcomer = Pick<NewAccount, 'name' | 'locale'> & { address: string; domain: Domain };

/** The address is the name to sign in with, too. Mails go on in the language of the page. */
function userOf(
  { address, name, locale, domain }: Newcomer,
  now: Parameters<typeof newUser>[1],
): User {
  const about = { username: address, email: address, roles: ['user'], domain: domain.name };
  const profile = { ...(name !== '' && { name }), locale };
  const made = newUser({ ...about, activated: true, profile }, now);
  return { ...made, verified: { email: { at: made.createdAt, means: 'sign-up', address } } };
}
