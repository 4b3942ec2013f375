/**
 * PBKDF2 as passlib writes it: `$pbkdf2-sha256$29000$salt$hash`, in a Base64 that has a dot for the plus;
 * `$pbkdf2$` is the one with SHA-1. Its other hashes are PHC strings, or bcrypt's own.
 *
 * @module
 */
import { writePbkdf2 } from '../../sign-in/hashes/pbkdf2.ts';

const FORM =
  /^\$pbkdf2(?:-(sha256|sha512))?\$(\d{1,10})\$([A-Za-z0-9./]{2,172})\$([A-Za-z0-9./]{22,86})$/;

/** @returns As it is stored here; `undefined` for anything else. */
export function fromPasslib(text: string): string | undefined {
  const [, digest = 'sha1', iterations, salt, hash] = FORM.exec(text) ?? [];
  if (iterations === undefined || salt === undefined || hash === undefined) return undefined;
  return writePbkdf2({
    digest: digest as 'sha1' | 'sha256' | 'sha512',
    iterations: Number(iterations),
    salt: bytesOf(salt),
    hash: bytesOf(hash),
  });
}

const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll('.', '+'), 'base64');
