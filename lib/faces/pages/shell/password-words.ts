/**
 * What is said beside a field for a password, by language. A missing one does not compile.
 *
 * @module
 */
import type { Locale } from './locale.ts';

const english = {
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  newPassword: 'New password',
  rule: 'At least 15 characters, of any kind. A few words that do not belong together are easy to keep in mind and hard to guess.',
  /** Followed by a number, a slash and the least number. */
  characters: 'Characters:',
  strengths: [
    'Very easy to guess',
    'Easy to guess',
    'Could be guessed',
    'Hard to guess',
    'Very hard to guess',
  ],
};
type Messages = typeof english;

const czech: Messages = {
  show: 'Zobrazit',
  hide: 'Skrýt',
  showPassword: 'Zobrazit heslo',
  hidePassword: 'Skrýt heslo',
  newPassword: 'Nové heslo',
  rule: 'Aspoň 15 libovolných znaků. Několik slov, která k sobě nepatří, se snadno pamatuje a těžko uhodne.',
  characters: 'Znaků:',
  strengths: [
    'Uhodne se velmi snadno',
    'Uhodne se snadno',
    'Dalo by se uhodnout',
    'Uhodne se těžko',
    'Uhodne se velmi těžko',
  ],
};

const MESSAGES: Readonly<Record<Locale, Messages>> = { en: english, cs: czech };
export const passwordWords = (locale: Locale): Messages => MESSAGES[locale];
