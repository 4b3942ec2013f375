/**
 * Whose settings the login of a page of our own has: of whoever is to prove again who they are, else of the
 * domain that the deployment names. Never of the name that is typed there, so the page tells nothing of it.
 *
 * Errors: the store's; a domain that is disabled or not there has none.
 *
 * @module
 */
import type { Tables } from '../aws/tables.ts';
import { type Domain, readDomain } from '../store/directory/domains.ts';
import type { User } from '../store/directory/users.ts';

type OwnLogin = {
  tables: Pick<Tables, 'directory'>;
  /** Empty for none. */
  defaultDomain: string;
};

export async function domainOfOwnLogin(
  { tables, defaultDomain }: OwnLogin,
  user: Pick<User, 'domain'> | undefined,
): Promise<Domain | undefined> {
  const name = user?.domain ?? defaultDomain;
  const domain = name === '' ? undefined : await readDomain(tables.directory, name);
  return domain?.disabled ? undefined : domain;
}
