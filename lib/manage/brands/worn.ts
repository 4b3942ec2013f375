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
import { domainSubject } from '../../store/directory/domains.ts';

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
