/**
 * The files of the console. A build replaces this module by its value (build/functions.ts): without one there are
 * none, and nothing is served.
 *
 * @module
 */
import type { Files } from '../faces/console/files.ts';

export const CONSOLE_FILES: Files = {};
