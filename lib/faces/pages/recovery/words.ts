/**
 * Every text of these pages, by language.
 *
 * @module
 */
import type { Locale } from '../shell/locale.ts';
import { czech } from './words-cs.ts';
import { english, type Messages } from './words-en.ts';

const MESSAGES: Readonly<Record<Locale, Messages>> = { en: english, cs: czech };
export const messagesOf = (locale: Locale): Messages => MESSAGES[locale];
