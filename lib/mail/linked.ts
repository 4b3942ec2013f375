/**
 * What an order by somebody proven comes to: a link, for a user whom they named.
 *
 * @module
 */
import { LIFETIMES, makeLink } from '../account/links.ts';
import type { LinkOrder } from '../account/mail-order.ts';
import { readUser } from '../store/directory/users.ts';
import type { Instant } from '../time.ts';
import { addresseeOf } from './addressee.ts';
import type { Letter, Unsent, WriteServices } from './letter.ts';

export async function letterOfLink(
  { tables, issuer, brandOf, admit }: WriteServices,
  { purpose, subject, generation, ...asked }: LinkOrder,
  now: Instant,
): Promise<Letter | Unsent> {
  const found = await addresseeOf(tables, await readUser(tables.directory, subject), asked);
  if (typeof found === 'string') return found;
  const { user, domain, to, locale, said } = found;
  // A link that is made now would stand by what the user is now.
  if (generation !== undefined && generation !== user.generation) return 'superseded';
  const refused = await admit(to, purpose);
  if (refused) return refused;
  const address = asked.address ?? user.email ?? to;
  // Where nobody has said a language its page is in the browser's.
  const path = await makeLink(tables, { purpose, user, domain, address, locale: said }, now);
  const content = { about: purpose, url: issuer + path, lifetime: LIFETIMES[purpose] };
  return { to, locale, account: user.username, brand: await brandOf(domain), content };
}
