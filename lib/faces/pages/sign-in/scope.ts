/**
 * A scope in a person's words: a sentence for each standard word, for each resource that it lets be
 * used, and for a client's own words by their name.
 *
 * @module
 */
import type { Titles } from '../../../store/directory/resource-titles.ts';
import type { Letter } from '../../../store/directory/roles.ts';
import { ACTIONS } from '../../../verdict/acl.ts';
import { namedBy, namesPower } from '../../../verdict/power.ts';
import { type Html, html } from '../shell/html.ts';
import type { Locale } from '../shell/locale.ts';
import { name } from '../shell/parts.ts';
import { messagesOf } from './words.ts';
import type { Messages } from './words-en.ts';

type Texts = Messages['consent'];
/** Words that let the client do everything. */
const WIDE = ['full_access', '*'];
/** `wide`: what is worth a warning. */
export type Sentence = { text: Html; wide: boolean };

export function describeScope(
  words: readonly string[],
  locale: Locale,
  titles: Titles = {},
): Sentence[] {
  const texts = messagesOf(locale).consent;
  const named = words.filter((word) => namesPower(word) && !WIDE.includes(word));
  const others = words.filter((word) => !named.includes(word));
  const resources = Object.entries(namedBy(named)).flatMap(([resource, letters]) => {
    const title = titleOf(titles, resource, locale);
    return describeLetters(letters, name(title), locale);
  });
  return [
    ...others.map((word) => ({ text: describeWord(word, texts), wide: WIDE.includes(word) })),
    ...resources.map((text) => ({ text, wide: false })),
  ];
}

/** In their language where it has one, else what it is called for all; else its name. */
const titleOf = (titles: Titles, resource: string, locale: Locale): string => {
  const key = [`${resource}#${locale}`, resource].find((one) => Object.hasOwn(titles, one));
  return (key === undefined ? undefined : titles[key]) ?? resource;
};

function describeWord(word: string, texts: Texts): Html {
  if (Object.hasOwn(texts.scopes, word))
    return html`${texts.scopes[word as keyof Texts['scopes']]}`;
  return texts.other(name(word));
}

/** What may be done with all of it, and what with one's own alone. */
function describeLetters(letters: readonly Letter[], resource: Html, locale: Locale): Html[] {
  const texts = messagesOf(locale).consent;
  const whole = letters.includes('*');
  const all = ACTIONS.filter((action) => whole || letters.includes(action));
  const own = ACTIONS.filter((action) => !all.includes(action) && letters.includes(`${action}o`));
  const spoken = (actions: typeof all) =>
    sentenceOf(
      locale,
      actions.map((one) => texts.actions[one]),
    );
  return [
    ...(all.length > 0 ? [texts.acl(spoken(all), resource)] : []),
    ...(own.length > 0 ? [texts.own(spoken(own), resource)] : []),
  ];
}

/** Several verbs as the beginning of a sentence: "Create, read, and change". */
function sentenceOf(locale: Locale, words: readonly string[]): string {
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
  return list.slice(0, 1).toLocaleUpperCase(locale) + list.slice(1);
}
