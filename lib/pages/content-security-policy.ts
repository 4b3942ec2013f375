/**
 * The policy of a page: nothing but its own style, its own script where it has one, and its icon.
 *
 * `form-action` is held against the redirects that answer a form as well, so the page of a form names
 * the client to which it leads.
 *
 * @module
 * @see CSP 3 §6.3.1 (form-action), §6.4.2 (frame-ancestors), §8.3 (hashes)
 */
import { sha256 } from '../crypto.ts';
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
