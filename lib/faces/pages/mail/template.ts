/**
 * What a template is: the words of one mail in each language, made of what it is told. Text alone: how it looks
 * is for layout.ts, and what is in it is escaped there.
 *
 * @module
 */
import type { Locale } from '../shell/locale.ts';

/** Whatever a template may say, in words of its language. What does not apply to it is empty. */
export type Told = {
  brand: string;
  /** `your account NAME`. */
  account: string;
  url: string;
  code: string;
  /** How long it is good: `1 hour`. */
  lifetime: string;
  /** When it happened, and from which address: ` from 192.0.2.1`, or nothing. */
  when: string;
  where: string;
  /** A key's name. */
  what: string;
};

export type Draft = {
  subject: string;
  /** Paragraphs before what is to be done, and after. */
  before: string[];
  action?: { label: string; url: string };
  code?: string;
  after: string[];
};

export type Template = Readonly<Record<Locale, (told: Told) => Draft>>;
