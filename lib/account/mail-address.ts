/**
 * Addresses to which we send: the plain ones. What needs quotes, holds a comment, or has a local part that is
 * not ASCII is none here: hardly a provider gives such out, and each is a way to say something else to one
 * mail server than to the next.
 *
 * @module
 * @see RFC 5321 §4.1.2 (Dot-string), §4.5.3.1 (lengths), RFC 5890 §2.3 (IDN)
 */
import { domainToASCII } from 'node:url';

/** Octets. @see RFC 5321 §4.5.3.1.3, less the angle brackets */
const MAX_LENGTH = 254;
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Before it is looked at as a host, which would undo percent-encoding. */
const DOMAIN_CHARACTERS = /^[\p{L}\p{M}\p{N}.-]+$/u;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** @returns The address as it is sent to, its domain in ASCII and lower case; `undefined` where it is none. */
export function mailable(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || local.length > 64 || !LOCAL.test(local) || !DOMAIN_CHARACTERS.test(domain))
    return undefined;
  const host = domainToASCII(domain);
  const whole = `${local}@${host}`;
  return DOMAIN.test(host) && whole.length <= MAX_LENGTH ? whole : undefined;
}
