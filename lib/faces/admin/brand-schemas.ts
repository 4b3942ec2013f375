/**
 * What the admin API takes of a brand (lib/manage/brands): of a domain, and of a client.
 *
 * @module
 */
import * as v from 'valibot';
import { text } from '../../http/input.ts';
import { SHOWABLE } from '../../http/showable.ts';
import { MAX_LOGO } from '../../manage/brands/logo.ts';
import { ACCENT } from '../../manage/brands/readable.ts';

/** No control character, and none that turns the text around it: it stands in mails, and in titles. */
const Name = v.pipe(text(60), v.regex(SHOWABLE, 'must be printable'));
const Colour = v.pipe(v.string(), v.regex(ACCENT, 'must be # and six hexadecimal digits'));
const Uri = text(512);

/** In a change (RFC 7396) `null` takes a member away. */
export const BrandChange = v.strictObject({
  name: v.nullish(Name),
  /** An https address, or `data:` with a picture. */
  logo: v.nullish(text(MAX_LOGO)),
  accent: v.nullish(Colour),
  /** For the dark scheme; a lighter shade of the same where it is left out. */
  accentDark: v.nullish(Colour),
  terms: v.nullish(Uri),
  privacy: v.nullish(Uri),
  help: v.nullish(Uri),
});
