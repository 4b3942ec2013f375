/**
 * Whether a password is among those that have leaked, as a whole and in any case. No other service is asked:
 * the list is here (leaked-list.ts), of the length that a password needs.
 *
 * One in 65,536 that is not among them is taken for one that is.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.1.1.2 (blocklist: previous breach corpuses); docs/adr/0036-passwords.md
 */
import { readLeakedList } from './leaked-list.ts';
import { isIn } from './xor-filter.ts';

let list: Buffer | undefined;

export function isLeakedPassword(password: string): boolean {
  list ??= readLeakedList();
  return isIn(list, foldPassword(password));
}

/** As the list has it. */
export const foldPassword = (password: string): string => password.normalize('NFKC').toLowerCase();
