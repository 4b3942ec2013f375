/**
 * The script that tells how strong a password is. A build replaces this module by its value (build/functions.ts):
 * without one there is none, and nothing is served.
 *
 * @module
 */
import type { CompressedFile } from '../http/compressed-file.ts';

export const STRENGTH_FILE: CompressedFile | undefined = undefined;
