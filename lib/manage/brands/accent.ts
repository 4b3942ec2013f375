/**
 * The accent of a brand: links, buttons and signs are in it, so it has to be readable on the card of each
 * scheme. For the dark one whoever says nothing gets a lighter shade of the same.
 *
 * Errors: `invalid_request` naming the field, with the contrast that it has.
 *
 * @module
 * @see WCAG 2.2 §1.4.3 (4.5 for text, which is more than the 3 of §1.4.11 for what is no text)
 */
import { AuthError } from '../../errors.ts';
import { contrast, mixed } from './colour.ts';

/** The cards of the pages (faces/pages/shell/palette.ts). */
export const CARD = { light: '#ffffff', dark: '#171a26' } as const;
const READABLE = 4.5;

/** @param wanted - Six hexadecimal digits each. */
export function accentsOf(wanted: { accent: string; accentDark?: string | undefined }) {
  const accent = wanted.accent.toLowerCase();
  const accentDark = wanted.accentDark?.toLowerCase() ?? lighter(accent);
  requireReadable('brand.accent', accent, 'light');
  requireReadable('brand.accentDark', accentDark, 'dark');
  return { accent, accentDark };
}

function requireReadable(field: string, colour: string, scheme: keyof typeof CARD): void {
  const ratio = contrast(colour, CARD[scheme]);
  if (ratio >= READABLE) return;
  // Rounded down: what is too little must not read as enough.
  const has = (Math.floor(ratio * 100) / 100).toFixed(2);
  throw new AuthError({
    code: 'invalid_request',
    rule: 'accent-unreadable',
    text: `has a contrast of ${has} to the ${scheme} page, and needs ${READABLE}`,
    field,
    reason: 'too little contrast',
  });
}

/** As much white as it needs, and no more. */
function lighter(colour: string): string {
  for (let share = 0; share < 1; share += 0.05) {
    const shade = mixed(colour, '#ffffff', share);
    if (contrast(shade, CARD.dark) >= READABLE) return shade;
  }
  return '#ffffff';
}
