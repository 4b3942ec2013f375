/**
 * The passwords that have leaked, as a filter (xor-filter.ts) of their folded texts. dev/leaked-passwords.ts
 * makes the file. A build replaces this module (build/leaked.ts): a function has the file beside its bundle.
 *
 * It is read when a password is set for the first time, so no cold start waits for it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';

export const readLeakedList = (): Buffer =>
  readFileSync(new URL('./leaked-passwords.bin', import.meta.url));
