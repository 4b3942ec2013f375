/**
 * What an administrator says of a brand, as a change of it (RFC 7396), written together with its owner.
 *
 * Errors: those of accent.ts and logo.ts; `invalid_request` naming the field.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { sha256 } from '../../crypto.ts';
import { refuseField } from '../../errors.ts';
import { type Brand, brandWrite, readBrands } from '../../store/directory/brands.ts';
import { domainSubject } from '../../store/directory/domains.ts';
import { accentsOf } from './accent.ts';
import { checkLogo } from './logo.ts';
import { isPageUri } from './page-uri.ts';

/** What is left out stays; `null` takes it away, and the whole of it where it stands for the brand. */
export type BrandChange =
  | { [K in keyof Brand]?: Exclude<Brand[K], undefined> | null | undefined }
  | null;

/** What the change comes to; nothing where none is wanted. */
export type Branding = {
  before: { brand?: ShownBrand };
  after: { brand?: ShownBrand };
  writes: Write[];
};
/** As the trail tells it: a picture by its hash. */
export type ShownBrand = Brand;

export const readBrand = async (directory: Table, owner: string): Promise<Brand | undefined> =>
  (await readBrands(directory, [owner]))[0];

export const brandOfDomain = (directory: Table, name: string): Promise<Brand | undefined> =>
  readBrand(directory, domainSubject(name));

export async function brandingOf(
  directory: Table,
  owner: string,
  change: BrandChange | undefined,
): Promise<Branding> {
  if (change === undefined) return { before: {}, after: {}, writes: [] };
  const was = await readBrand(directory, owner);
  const is = changed(was, change);
  return {
    before: was ? { brand: shown(was) } : {},
    after: is ? { brand: shown(is) } : {},
    writes: [brandWrite(directory, owner, is)],
  };
}

/** With whose owner it goes. */
export const noBrand = (directory: Table, owner: string): Write =>
  brandWrite(directory, owner, undefined);

function changed(before: Brand | undefined, change: BrandChange): Brand | undefined {
  if (change === null) return undefined;
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const isOther = change.accent !== undefined;
  const merged = {
    ...before,
    ...(isOther && { accentDark: null }),
    ...Object.fromEntries(given),
  };
  const kept = Object.entries(merged).filter(([, value]) => value !== null);
  // Of a brand that was emptied member by member nothing is left.
  return kept.length === 0 ? undefined : checked(Object.fromEntries(kept));
}

const LINKS = { terms: 'brand.terms', privacy: 'brand.privacy', help: 'brand.help' } as const;

function checked({ name, accent, accentDark, ...rest }: Partial<Brand>): Brand {
  if (name === undefined) throw refuseField('brand.name', 'field-required', 'is required');
  if (rest.logo !== undefined) checkLogo(rest.logo);
  for (const link of ['terms', 'privacy', 'help'] as const)
    if (!isPageUri(rest[link] ?? 'https://unset'))
      throw refuseField(
        LINKS[link],
        'page-uri-unusable',
        'must be https, without fragment or user, as browsers spell it',
      );
  return { name, ...rest, ...(accent !== undefined && accentsOf({ accent, accentDark })) };
}

const shown = (brand: Brand): ShownBrand =>
  brand.logo?.startsWith('data:')
    ? { ...brand, logo: `sha256:${sha256(brand.logo).toString('hex')}` }
    : brand;
