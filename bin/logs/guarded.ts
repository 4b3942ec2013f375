/**
 * The logs in which it stands who was refused: the authorizer's, and those of the functions that judge their
 * callers themselves (lib/guard/caller.ts).
 *
 * @module
 */
import type { Log } from './asked.ts';

export const GUARDED: readonly Log[] = ['authorizer', 'admin', 'users', 'webitel'];
/** The authorizer's codes, and an error's at the others. */
export const REFUSED = ['forbidden', 'unauthenticated', 'insufficient_scope', 'invalid_token'];
