/**
 * Whose brand a page has: the client's for which it is, over that of the client's domain; where it is for
 * none, the deployment's. A page without a brand is better than none, so a fault is a line in the log.
 *
 * @module
 */
import type { Tables } from '../../../aws/tables.ts';
import { toAuthError } from '../../../errors.ts';
import { logFault } from '../../../log.ts';
import { type Brand, readBrands } from '../../../store/directory/brands.ts';
import { domainSubject } from '../../../store/directory/domains.ts';
import type { Site } from './page.ts';

export type BrandServices = {
  tables: Pick<Tables, 'directory'>;
  /** Whose brand pages have that are for nobody in particular; empty for nobody's. */
  brandDomain: string;
};
/** For whom a page is. */
export type Wearer = { id: string; domain: string };

export async function brandOf(
  { tables, brandDomain }: BrandServices,
  wearer: Wearer | undefined,
): Promise<Brand | undefined> {
  const domain = wearer?.domain ?? brandDomain;
  if (domain === '') return undefined;
  try {
    const owners = [domainSubject(domain), ...(wearer ? [wearer.id] : [])];
    const [ofDomain, own] = await readBrands(tables.directory, owners);
    return ofDomain || own ? ({ ...ofDomain, ...own } as Brand) : undefined;
  } catch (error) {
    logFault(toAuthError(error), { rule: 'brand' });
    return undefined;
  }
}

/** A site in its brand. @param wearer - A client, or whoever else has a brand of their own. */
export const dressed = async (
  services: BrandServices,
  site: Site,
  wearer?: Wearer,
): Promise<Site> => ({ ...site, brand: withinReach(site, await brandOf(services, wearer)) });

/** On a page whose address holds a secret there is nothing of anybody else's, not even a picture. */
function withinReach({ here }: Site, brand: Brand | undefined): Brand | undefined {
  if (!brand?.logo?.startsWith('https:') || !/[?&]secret=/.test(here ?? '')) return brand;
  const { logo: _, ...rest } = brand;
  return rest;
}
