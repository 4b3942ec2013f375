/**
 * How the command line is called: in a clone by npm, from the package by its own name.
 *
 * @module
 */
export const CALL = import.meta.filename.endsWith('.ts') ? 'npm run latchkey --' : 'latchkey';
