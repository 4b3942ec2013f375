/**
 * Whether an accent is readable on the card of a page, and the shade of it that is on a dark one.
 *
 * The console shows an accent by it before it is saved, so it imports nothing but colours.
 *
 * @module
 * @see WCAG 2.2 §1.4.3 (4.5 for text, which is more than the 3 of §1.4.11 for what is no text)
 */
import { contrast, mixed } from './colour.ts';

export const ACCENT = /^#[0-9a-fA-F]{6}$/;
/** The cards of the pages (faces/pages/shell/palette.ts). */
export const CARD = { light: '#ffffff', dark: '#171a26' } as const;
export type Scheme = keyof typeof CARD;
export const READABLE = 4.5;

export const contrastOn = (scheme: Scheme, colour: string): number =>
  contrast(colour, CARD[scheme]);

/** Rounded down: what is too little must not read as enough. */
export const ratioText = (ratio: number): string => (Math.floor(ratio * 100) / 100).toFixed(2);

/** As much white as it needs on a dark page, and no more. */
export function lighter(colour: string): string {
  for (let share = 0; share < 1; share += 0.05) {
    const shade = mixed(colour, '#ffffff', share);
    if (contrastOn('dark', shade) >= READABLE) return shade;
  }
  return '#ffffff';
}
