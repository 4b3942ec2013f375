/**
 * What the pages of the console may load, run and call: their own files, and the service. No script has a
 * way to make markup of a text (Trusted Types), and no other page can frame or hold them.
 *
 * @module
 * @see CSP 3 §6.1 (fetch directives), §8.3 (hashes); Trusted Types §4.1; HTML §7.1.3 (COOP)
 */
import { sha256 } from '../../crypto.ts';

/** The one style sheet that a library adds by script: react-aria's, for whatever can be pressed. */
const PRESSABLE = `@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}`;
const hashOf = (text: string): string => `'sha256-${sha256(text).toString('base64')}'`;

/** @param issuer - What the pages call, and sign in and out at. */
export function consoleHeaders(issuer: string): Record<string, string> {
  const { origin, protocol } = new URL(issuer);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${hashOf(PRESSABLE)}`,
    "img-src 'self' data:",
    `connect-src ${origin}`,
    `form-action ${origin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(protocol === 'https:' && { 'strict-transport-security': 'max-age=63072000' }),
  };
}
