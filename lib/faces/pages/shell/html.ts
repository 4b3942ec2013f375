/**
 * Markup in which every value is escaped, in element content and in quoted attributes alike. The only
 * module that knows hono; it takes no promise, so what it gives is text at once.
 *
 * What it does NOT check: the scheme of a link (targets.ts does), and that attributes are quoted.
 *
 * @module
 */
import { html as escaped, raw } from 'hono/html';

/** Escaped already. Only this module makes it, so a plain string is never taken for it. */
export type Html = Exclude<ReturnType<typeof escaped>, Promise<unknown>>;
export type Value = string | number | undefined | false | Html | readonly Html[];

export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  const made = escaped(strings, ...values);
  if (made instanceof Promise) throw new TypeError('markup has to be made at once');
  return made;
}

/** Not escaped: only for a style or script that is a constant of our code. */
export function verbatim(element: 'style' | 'script', constant: string): Html {
  if (constant.includes('</')) throw new TypeError('it would end its element');
  return raw(`<${element}>${constant}</${element}>`);
}
