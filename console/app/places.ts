/**
 * Where one can go.
 *
 * @module
 */
/** `resource`: on which the letter r is needed to see anything there; without it everybody sees something. */
export type Place = { href: string; label: string; resource?: string };
