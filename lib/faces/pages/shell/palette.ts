/**
 * The colours of whatever people see of the service, for light and dark, and the shadow below a card.
 *
 * Every pair of a text and its ground has a contrast of 4.5 or more (WCAG 2.2 §1.4.3), borders of fields
 * and the focus ring 3 or more (§1.4.11).
 *
 * @module
 */
import { mixed } from '../../../manage/brands/colour.ts';

export const LIGHT = {
  page: '#eef0f6',
  glow: '#dfe3fb',
  card: '#fff',
  text: '#171a2b',
  soft: '#545a72',
  line: '#dcdfea',
  field: '#8288a0',
  accent: '#4338ca',
  'accent-hover': '#372fa8',
  'on-accent': '#fff',
  tint: '#eeeefc',
  bad: '#a8121f',
  'bad-tint': '#fdeeee',
  'bad-line': '#e9b3b7',
  shadow: '0 1px 2px #171a2b14,0 16px 40px -12px #171a2b2e',
} as const;
export type Palette = Readonly<Record<keyof typeof LIGHT, string>>;

export const DARK = {
  page: '#0d0f18',
  glow: '#1c1f40',
  card: '#171a26',
  text: '#edeff8',
  soft: '#a6acc4',
  line: '#2b3044',
  field: '#737a96',
  accent: '#a5a9ff',
  'accent-hover': '#c0c3ff',
  'on-accent': '#12142a',
  tint: '#23264a',
  bad: '#ffb0b3',
  'bad-tint': '#35191f',
  'bad-line': '#6e2d35',
  shadow: '0 1px 2px #0008,0 20px 48px -12px #000a',
} as const satisfies Palette;

/**
 * With another accent, readable on the card (manage/brands/accent.ts): what stands on it keeps
 * its colour, and so do texts on the tint of it.
 *
 * @param away - From the card: to where it goes under the pointer.
 */
export const accented = (palette: Palette, accent: string, away: '#000' | '#fff'): Palette => ({
  ...palette,
  accent,
  'accent-hover': mixed(accent, away, 0.2),
  tint: mixed(palette.card, accent, 0.08),
  glow: mixed(palette.page, accent, 0.14),
});

/** As declarations of a style sheet: `--page:#eef0f6;…` */
export const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
