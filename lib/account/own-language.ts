/**
 * In which language somebody goes on who says none in their profile: in that of the page on which they set a
 * password, so that what they are mailed later is in it, too.
 *
 * English is spoken to whoever says nothing, also to who would rather have a third language. So it is nobody's
 * wish, and is not kept as one.
 *
 * @module
 */
import type { Profile } from '../store/directory/profile.ts';

/** @param shown - Of the page, if it was one. */
export const keepLanguage = (profile: Profile, shown: string | undefined): Profile =>
  profile.locale !== undefined || shown === undefined || shown === 'en'
    ? profile
    : { ...profile, locale: shown };
