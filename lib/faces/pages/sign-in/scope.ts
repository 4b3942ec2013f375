/**
 * A scope in a person's words: the standard ones, those that narrow to a resource (`cdr/files:r`),
 * and a client's own by their name.
 *
 * @module
 */
import { type Html, html } from '../shell/html.ts';
import { name } from '../shell/parts.ts';
import type { Messages } from './words-en.ts';

type Texts = Messages['consent'];

/** Letters of the ACL, each perhaps with an `o` for one's own objects. */
const NARROWED = /^([^:]+):((?:\*|[crud]o?)+)$/;

export function describeScope(scope: string, texts: Texts): Html {
  if (Object.hasOwn(texts.scopes, scope))
    return html`${texts.scopes[scope as keyof Texts['scopes']]}`;
  const [, resource, letters] = NARROWED.exec(scope) ?? [];
  if (!resource || !letters) return texts.other(name(scope));
  return texts.acl(name(resource), describeLetters(letters, texts));
}

function describeLetters(letters: string, { actions, own }: Texts): string {
  const each = letters.match(/\*|[crud]o?/g) ?? [];
  const words = each.map((letter) => {
    const action = actions[letter[0] as keyof typeof actions];
    return letter.endsWith('o') ? own(action) : action;
  });
  return words.join(', ');
}
