/**
 * Every text of the pages, by language.
 *
 * @module
 */
import type { Locale } from './locale.ts';
import { czech } from './messages-cs.ts';
import { english, type Messages } from './messages-en.ts';

const MESSAGES: Readonly<Record<Locale, Messages>> = { en: english, cs: czech };
export const messagesOf = (locale: Locale): Messages => MESSAGES[locale];
