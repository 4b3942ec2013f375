/**
 * Whose brand a page or a mail has: the client's for which it is, over that of the client's domain; where it
 * is for no client, that of whose it is; else the deployment's. A page without a brand is better than none, so
 * a fault is a line in the log.
 *
 * @module
 */
import type { Tables } from '../../aws/tables.ts';
import { toAuthError } from '../../errors.ts';
import { logFault } from '../../log.ts';
import { type Brand, readBrands } from '../../store/directory/brands.ts';
import { readClient } from '../../store/directory/clients.ts';
import { type Domain, domainSubject } from '../../store/directory/domains.ts';

export type BrandServices = {
  tables: Pick<Tables, 'directory'>;
  /** Whose brand pages have that are for nobody in particular; empty for nobody's. */
  brandDomain: string;
};
/** For whom it is: a client, or a domain alone. */
export type Wearer = { id?: string; domain: string };

export async function brandOf(
  { tables, brandDomain }: BrandServices,
  wearer: Wearer | undefined,
): Promise<Brand | undefined> {
  const domain = wearer?.domain ?? brandDomain;
  if (domain === '') return undefined;
  try {
    const owners = [domainSubject(domain), ...(wearer?.id === undefined ? [] : [wearer.id])];
    const [ofDomain, own] = await readBrands(tables.directory, owners);
    return ofDomain || own ? ({ ...ofDomain, ...own } as Brand) : undefined;
  } catch (error) {
    logFault(toAuthError(error), { rule: 'brand' });
    return undefined;
  }
}

/**
 * Of a letter to somebody of that domain. A client of another one has no say in it: its administrators could
 * write to these users in any name.
 *
 * @param client - By which they came; anything that somebody sent.
 */
export async function brandOfLetter(
  services: BrandServices,
  domain: Pick<Domain, 'name'> | undefined,
  client?: string,
): Promise<Brand | undefined> {
  if (!domain) return brandOf(services, undefined);
  const by = client === undefined ? undefined : await readClient(services.tables.directory, client);
  const isOwn = by?.domain === domain.name;
  return brandOf(services, { domain: domain.name, ...(isOwn && { id: by.id }) });
}
