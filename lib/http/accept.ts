/**
 * Whether whoever asks wants a page: a browser that a person navigates, but no program that takes anything.
 *
 * @module
 * @see RFC 9110 §12.5.1 (Accept)
 */
import Negotiator from 'negotiator';

/** The first where both will do, as to whom nothing is said or everything is welcome. */
const TYPES = ['application/json', 'text/html'];

export const wantsPage = ({ accept = '*/*' }: Readonly<Record<string, string>>): boolean =>
  new Negotiator({ headers: { accept } }).mediaType(TYPES) === 'text/html';
