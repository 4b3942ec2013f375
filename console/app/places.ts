/**
 * Where one can go.
 *
 * @module
 */
/** `resource`: on which the letter r is needed to see anything there; none where everybody may look. */
export type Place = { href: string; label: string; resource?: string };
