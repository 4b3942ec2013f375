/**
 * The address of a page or a picture that people are shown, or led to: https, spelt the one way in which
 * browsers spell it, and no longer than a person's would be. Every verdict on a client reads those of its
 * registration.
 *
 * NOT checked: what is there, and whose it is.
 *
 * @module
 */
const MAX_LENGTH = 512;
const PRINTABLE = /^[\x21-\x7e]+$/;

export function isPageUri(text: string): boolean {
  if (text.length > MAX_LENGTH || !PRINTABLE.test(text) || text.includes('#')) return false;
  if (!URL.canParse(text)) return false;
  const { protocol, href, username, password } = new URL(text);
  const isCanonical = href === text || href === `${text}/`;
  return protocol === 'https:' && isCanonical && username === '' && password === '';
}
