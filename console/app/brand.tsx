/**
 * The fields of a brand, in the form of a domain or a client.
 *
 * @module
 */
import { Accents } from './accent.tsx';
import type { FieldSpec } from './fields.tsx';

const BRAND = 'Brand';

export const BRAND_FIELDS: readonly FieldSpec[] = [
  {
    name: 'brand.name',
    label: 'Name on pages and mails',
    kind: 'text',
    group: BRAND,
    hint: 'The rest needs one.',
  },
  {
    name: 'brand.logo',
    label: 'Logo',
    kind: 'picture',
    group: BRAND,
    hint: 'A file of at most 36 KB (PNG, JPEG, GIF, WebP, or SVG without scripts), or an https address, which only the pages themselves show: the console loads nothing of other hosts.',
  },
  {
    name: 'brand.accent',
    label: 'Accent',
    kind: 'text',
    group: BRAND,
    hint: 'Such as #b91c1c, with a contrast of 4.5 to white.',
  },
  {
    name: 'brand.accentDark',
    label: 'Accent on dark pages',
    kind: 'text',
    group: BRAND,
    hint: 'A lighter shade of the same, unless you say another.',
    preview: (draft) => (
      <Accents
        accent={String(draft['brand.accent'] ?? '')}
        accentDark={String(draft['brand.accentDark'] ?? '')}
      />
    ),
  },
  { name: 'brand.terms', label: 'Terms', kind: 'text', group: BRAND, hint: 'An https address.' },
  { name: 'brand.privacy', label: 'Privacy', kind: 'text', group: BRAND },
  { name: 'brand.help', label: 'Help', kind: 'text', group: BRAND },
];
