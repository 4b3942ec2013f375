/**
 * What the words of a scope let a session do. To us they are of four kinds:
 *
 *   `openid`, `profile`, `email`, …   tell who somebody is, and let nothing be done
 *   `cdr/files:r`, `book:cruo`, `x:*` a resource and letters: power by name
 *   `full_access`                     all that the subject may, but nothing of Latchkey's own
 *                                     resources (own-resources.ts), through whichever dialect: each is
 *                                     named besides or not at all
 *   any other                         says nothing to us
 *
 * Power is a bound: what the subject does not hold is not there either. Bounds meet in what all of
 * them leave, so a token is never wider than its session, and neither than what its client is
 * registered for.
 *
 * @module
 */
import { isOwnResource } from '../store/directory/own-resources.ts';
import type { Acl, Letter } from '../store/directory/roles.ts';
import { type Action, aclOf, type Extent, grantOf, unpermitted, weaker } from './acl.ts';

export type Power = {
  on: (resource: string, action: Action) => Extent;
  /** Also what no resource stands for. */
  whole: boolean;
  /** Why it is none at all. */
  lack: string | undefined;
};

export const FULL_ACCESS = 'full_access';
const NAMED = /^([^:]+):((?:[crud]o?)+|\*)$/;

/** Of a session that no scope bounds. */
export const EVERYTHING: Power = { on: () => 'all', whole: true, lack: undefined };

/** Whether a word lets anything be done. */
export const namesPower = (word: string): boolean => word === FULL_ACCESS || NAMED.test(word);

/** @param words - Of a scope. @param lack - Why it is none, where none of them names any. */
export function powerOf(words: readonly string[], lack = 'no scope of an API'): Power {
  const whole = words.includes(FULL_ACCESS);
  const acl = namedBy(words);
  return {
    on: (resource, action) =>
      whole && !isOwnResource(resource) ? 'all' : grantOf([acl], resource, action),
    whole,
    lack: words.some(namesPower) ? undefined : lack,
  };
}

/** What all of them leave. */
export function common(powers: readonly Power[]): Power {
  const bounds = powers.filter((power) => power !== EVERYTHING);
  if (bounds.length === 0) return EVERYTHING;
  return {
    on: (resource, action) =>
      bounds.reduce<Extent>((least, { on }) => weaker(least, on(resource, action)), 'all'),
    whole: bounds.every(({ whole }) => whole),
    lack: bounds.find(({ lack }) => lack !== undefined)?.lack,
  };
}

/**
 * Whether the words let be done whatever this one does: for each letter of it, on its resource, on as
 * many objects. What one word does not cover, several may together: `cdr:r` and `cdr:u` cover
 * `cdr:ru`. `full_access` is covered by itself alone, since nobody knows the resources to come.
 */
export const covers = (words: readonly string[], word: string): boolean =>
  word === FULL_ACCESS
    ? words.includes(word)
    : NAMED.test(word) && unpermitted(namedBy([word]), powerOf(words).on) === undefined;

/** What the words leave of this one: itself, fewer letters, or nothing. */
export function within(words: readonly string[], word: string): string | undefined {
  if (covers(words, word)) return word;
  const both = common([powerOf([word]), powerOf(words)]);
  const [named] = Object.entries(aclOf(Object.keys(namedBy([word])), both.on));
  return named && `${named[0]}:${named[1].join('')}`;
}

/** The ACL that the words with letters amount to. */
export function namedBy(words: readonly string[]): Acl {
  const acl: Acl = Object.create(null);
  for (const word of words) {
    const [, resource, letters = ''] = NAMED.exec(word) ?? [];
    const each = letters.match(/\*|[crud]o?/g) as Letter[] | null;
    if (resource && each) acl[resource] = [...(acl[resource] ?? []), ...each];
  }
  return acl;
}
