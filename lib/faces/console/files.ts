/**
 * Built files, compressed by the build: each encoding as the base64 in which a function hands it out.
 *
 * @module
 */
export type File = { type: string; br: string; gzip: string };
/** By path: `/index.html`, `/assets/main-a1b2c3d4.js`. */
export type Files = Readonly<Record<string, File>>;

/** Where names hold a hash of their content. */
export const HASHED = '/assets/';
export const INDEX = '/index.html';
