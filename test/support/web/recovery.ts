/** Links as the function that sends mails makes them, and the orders that it is left. */
import { makeEmailCode } from '../../../lib/account/email-codes.ts';
import { makeLink, type NewLink, type Purpose } from '../../../lib/account/links.ts';
import { readDomain } from '../../../lib/store/directory/domains.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { readUser, type User } from '../../../lib/store/directory/users.ts';
import { instant } from '../../../lib/time.ts';
import type { Service } from '../running/service.ts';

type Tables = Pick<Service, 'tables'>;
const now = () => instant(Math.floor(Date.now() / 1000));

export async function userNamed({ tables: { directory } }: Tables, name: string): Promise<User> {
  const id = await findUserId(directory, name);
  const user = id === undefined ? undefined : await readUser(directory, id);
  if (!user) throw new Error(`there is no ${name}`);
  return user;
}

/** @returns Its path and query. */
export async function linkTo(
  service: Tables,
  purpose: Exclude<Purpose, 'sign-up'>,
  name: string,
  more: Partial<Pick<NewLink, 'address' | 'returnTo' | 'locale' | 'client'>> = {},
): Promise<string> {
  const user = await userNamed(service, name);
  const domain = await readDomain(service.tables.directory, user.domain);
  if (!domain) throw new Error(`${name} is in no domain`);
  return makeLink(service.tables, { purpose, user, domain, address: user.email, ...more }, now());
}

export async function linkToSignUp(
  { tables }: Tables,
  address: string,
  domainName: string,
  more: Pick<NewLink, 'client' | 'locale'> = {},
): Promise<string> {
  const domain = await readDomain(tables.directory, domainName);
  if (!domain) throw new Error(`there is no ${domainName}`);
  return makeLink(tables, { purpose: 'sign-up', domain, address, ...more }, now());
}

/** What was put into the queue of mails since it was emptied. */
export function mailOrders({ queue }: Pick<Service, 'queue'>): Record<string, unknown>[] {
  return queue.requests
    .filter(({ body }) => String(body['QueueUrl']).endsWith('/mails'))
    .flatMap(({ body }) => body['Entries'] as { MessageBody: string }[])
    .map(({ MessageBody }) => JSON.parse(MessageBody) as Record<string, unknown>);
}

/** The code of the last order, as the function that sends mails makes it. */
export async function codeFor(
  service: Tables & Pick<Service, 'queue'>,
  name: string,
): Promise<string> {
  const { browser } = mailOrders(service).at(-1) ?? {};
  const user = await userNamed(service, name);
  const domain = await readDomain(service.tables.directory, user.domain);
  if (!domain) throw new Error(`${name} is in no domain`);
  const about = { browser: String(browser), user, domain, address: user.email ?? '' };
  return makeEmailCode(service.tables, about, now());
}
