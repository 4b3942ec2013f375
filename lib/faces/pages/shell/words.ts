/**
 * What stands around every page, by language. A missing text does not compile.
 *
 * @module
 */
import type { Locale } from './locale.ts';

const english = {
  language: 'Language',
  links: 'About this service',
  terms: 'Terms',
  privacy: 'Privacy',
  help: 'Help',
};
type Words = typeof english;

const czech: Words = {
  language: 'Jazyk',
  links: 'O této službě',
  terms: 'Podmínky',
  privacy: 'Ochrana údajů',
  help: 'Nápověda',
};

const WORDS: Readonly<Record<Locale, Words>> = { en: english, cs: czech };
export const shellWordsOf = (locale: Locale): Words => WORDS[locale];
