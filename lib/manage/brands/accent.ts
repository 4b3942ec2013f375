/**
 * The accent of a brand: links, buttons and signs are in it, so it has to be readable on the card of each
 * scheme. For the dark one whoever says nothing gets a lighter shade of the same.
 *
 * Errors: `invalid_request` naming the field, with the contrast that it has.
 *
 * @module
 */
import { AuthError } from '../../errors.ts';
import { contrastOn, lighter, READABLE, ratioText, type Scheme } from './readable.ts';

/** @param wanted - Six hexadecimal digits each. */
export function accentsOf(wanted: { accent: string; accentDark?: string | undefined }) {
  const accent = wanted.accent.toLowerCase();
  const accentDark = wanted.accentDark?.toLowerCase() ?? lighter(accent);
  requireReadable('brand.accent', accent, 'light');
  requireReadable('brand.accentDark', accentDark, 'dark');
  return { accent, accentDark };
}

function requireReadable(field: string, colour: string, scheme: Scheme): void {
  const ratio = contrastOn(scheme, colour);
  if (ratio >= READABLE) return;
  throw new AuthError({
    code: 'invalid_request',
    rule: 'accent-unreadable',
    text: `has a contrast of ${ratioText(ratio)} to the ${scheme} page, and needs ${READABLE}`,
    field,
    reason: 'too little contrast',
  });
}
