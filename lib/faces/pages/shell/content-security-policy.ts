/**
 * The policy of a page: nothing but its own style, its own script where it has one, and its icon.
 *
 * Browsers hold `form-action` against each redirect that answers a form as well: to the client, and on
 * to wherever it sends its user. So the page of a form allows the client's scheme.
 *
 * @module
 * @see CSP 3 §6.3.1 (form-action), §6.4.2 (frame-ancestors), §8.3 (hashes)
 */
import { sha256 } from '../../../crypto.ts';
import { formSource } from './targets.ts';

/** `any`: the form goes straight to a client, whose own redirects are not ours to cut. */
export type Forms = 'none' | 'any' | { redirectUri?: string | undefined };

type Sources = { style: string; script?: string | undefined; forms: Forms };

/** Lets run exactly this text. */
export const hashSource = (text: string): string => `'sha256-${sha256(text).toString('base64')}'`;

export function policy({ style, script, forms }: Sources): string {
  return [
    "default-src 'none'",
    `style-src ${style}`,
    script && `script-src ${script}`,
    'img-src data:',
    formAction(forms),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
    .filter(Boolean)
    .join('; ');
}

function formAction(forms: Forms): string | undefined {
  if (forms === 'any') return undefined;
  if (forms === 'none') return "form-action 'none'";
  const source = forms.redirectUri === undefined ? undefined : formSource(forms.redirectUri);
  return source ? `form-action 'self' ${source}` : "form-action 'self'";
}
