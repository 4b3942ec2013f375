/**
 * A page in somebody's brand.
 *
 * @module
 */
import { type BrandServices, brandOf, type Wearer } from '../../../manage/brands/worn.ts';
import type { Brand } from '../../../store/directory/brands.ts';
import type { Site } from './page.ts';

export type { BrandServices, Wearer } from '../../../manage/brands/worn.ts';

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
