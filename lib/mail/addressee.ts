/**
 * Whom a mail is for: a user who may get one, where, and in which language.
 *
 * @module
 */
import { mailable } from '../account/mail-address.ts';
import type { Tables } from '../aws/tables.ts';
import { type Domain, readDomain } from '../store/directory/domains.ts';
import type { User } from '../store/directory/users.ts';
import { type MailLocale, spokenBy, type Unsent } from './letter.ts';

/** `said`: the language that somebody has asked for; `locale` is English where nobody has. */
export type Addressee = {
  user: User;
  domain: Domain;
  to: string;
  locale: MailLocale;
  said: MailLocale | undefined;
};
type Directory = Pick<Tables, 'directory'>;

/** @param asked - To which address, where it is not the user's; in which language, where they say none. */
export async function addresseeOf(
  { directory }: Directory,
  user: User | undefined,
  asked: { address?: string | undefined; locale?: MailLocale | undefined } = {},
): Promise<Addressee | Unsent> {
  if (!user) return 'no-account';
  const domain = await readDomain(directory, user.domain);
  if (!domain || domain.disabled || user.disabled) return 'disabled';
  const to = mailable(asked.address ?? user.email ?? '');
  if (!to) return 'no-address';
  const said = spokenBy(user.profile.locale) ?? asked.locale;
  return { user, domain, to, locale: said ?? 'en', said };
}
