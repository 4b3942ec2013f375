/**
 * The policy of a page: nothing but its own style, its own script where it has one, its icon, and of
 * pictures elsewhere those that it names.
 *
 * Browsers hold `form-action` against each redirect that answers a form as well: to the client, and on
 * to wherever it sends its user, an app's scheme too. So the page of a form that may lead to a client,
 * whose redirect URI has been validated, has none.
 *
 * @module
 * @see CSP 3 §6.3.1 (form-action), §6.4.2 (frame-ancestors), §8.3 (hashes)
 */
import { sha256 } from '../../../crypto.ts';

/** `client`: to one, or to us and then to one, whose own redirects are not ours to cut. */
export type Forms = 'none' | 'own' | 'client';

type Sources = {
  style: string;
  script?: string | undefined;
  forms: Forms;
  /** Their addresses; those by `data:` need no source of their own. */
  images?: readonly string[];
};

/** Lets run exactly this text. */
export const hashSource = (text: string): string => `'sha256-${sha256(text).toString('base64')}'`;

const FORM_ACTIONS = {
  none: "form-action 'none'",
  own: "form-action 'self'",
  client: undefined,
} as const satisfies Record<Forms, string | undefined>;

/** Exactly that one: a source has no query, and `;` and `,` would end it (CSP 3 §2.3.1, §6.7.2.12). */
const imageSource = (address: string): string =>
  new URL(address).href.replace(/[?#].*$/, '').replace(/[;,]/g, encodeURIComponent);

export function policy({ style, script, forms, images = [] }: Sources): string {
  const foreign = images.filter((address) => address.startsWith('https:')).map(imageSource);
  return [
    "default-src 'none'",
    `style-src ${style}`,
    script && `script-src ${script}`,
    ['img-src data:', ...new Set(foreign)].join(' '),
    FORM_ACTIONS[forms],
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
    .filter(Boolean)
    .join('; ');
}
