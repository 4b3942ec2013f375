/**
 * Whether a client may ask for a scope that lets something be done: where the scopes of its
 * registration cover it (lib/verdict/power.ts).
 *
 * A client whose registration names no power may ask for none. Where a deployment still gives such
 * clients time (`UNSAFE_IMPLIED_ACCESS`), they may ask for any by its letters, and get all that their
 * user may where they name none.
 *
 * @module
 */
import { covers, FULL_ACCESS } from '../../verdict/power.ts';
import { type Ceiling, isImplied } from '../../verdict/still-registered.ts';

/** @param word - One that names power. */
export const mayAskPower = (ceiling: Ceiling, word: string): boolean =>
  isImplied(ceiling) ? word !== FULL_ACCESS : covers(ceiling.scopes, word);
