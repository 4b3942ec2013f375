/**
 * The policy of a page: nothing but its own style, its own script where it has one, and its icon.
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

type Sources = { style: string; script?: string | undefined; forms: Forms };

/** Lets run exactly this text. */
export const hashSource = (text: string): string => `'sha256-${sha256(text).toString('base64')}'`;

const FORM_ACTIONS = {
  none: "form-action 'none'",
  own: "form-action 'self'",
  client: undefined,
} as const satisfies Record<Forms, string | undefined>;

export function policy({ style, script, forms }: Sources): string {
  return [
    "default-src 'none'",
    `style-src ${style}`,
    script && `script-src ${script}`,
    'img-src data:',
    FORM_ACTIONS[forms],
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
    .filter(Boolean)
    .join('; ');
}
