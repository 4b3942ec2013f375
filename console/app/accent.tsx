/**
 * An accent as it will be on a page, light and dark, with the contrast that the service measures.
 *
 * @module
 */
import { DARK, LIGHT } from '../../lib/faces/pages/shell/palette.ts';
import {
  ACCENT,
  contrastOn,
  lighter,
  READABLE,
  ratioText,
  type Scheme,
} from '../../lib/manage/brands/readable.ts';
import css from './parts.module.css';

const PALETTES = { light: LIGHT, dark: DARK } as const;

/** Each as typed; nothing is shown of what is no colour yet. */
export function Accents({ accent, accentDark }: { accent: string; accentDark: string }) {
  if (!ACCENT.test(accent)) return null;
  const dark = ACCENT.test(accentDark) ? accentDark : lighter(accent);
  return (
    <div className={css.row}>
      <Sample scheme="light" colour={accent} />
      <Sample scheme="dark" colour={dark} />
    </div>
  );
}

function Sample({ scheme, colour }: { scheme: Scheme; colour: string }) {
  const { card, text, 'on-accent': above } = PALETTES[scheme];
  const ratio = contrastOn(scheme, colour);
  return (
    <figure className={css.sample} style={{ color: text, background: card }}>
      <span className={css.tag} style={{ color: above, background: colour }} aria-hidden="true">
        Sign in
      </span>
      <figcaption className={css.small}>
        {scheme}: {ratioText(ratio)}
        {ratio < READABLE && ', too little'}
      </figcaption>
    </figure>
  );
}
