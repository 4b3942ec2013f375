/**
 * The files that the build has made of the console.
 *
 * @module
 */
import type { CompressedFile } from '../../http/compressed-file.ts';

/** By path: `/index.html`, `/assets/main-a1b2c3d4.js`. */
export type Files = Readonly<Record<string, CompressedFile>>;

/** Where names hold a hash of their content. */
export const HASHED = '/assets/';
export const INDEX = '/index.html';
