/**
 * What a caller may do, resource by resource: what its roles permit, within its scope.
 *
 * @module
 */
import type { Acl, Letter } from '../store/directory/roles.ts';
import { ACTIONS } from '../verdict/acl.ts';
import { type Alive, grantHeld } from '../verdict/judge.ts';
import { patternsOf } from '../verdict/registry.ts';

/** @param live - With the whole registry. @returns Letters by resource, of those resources on which there are any. */
export function ownLetters({ caller, registry }: Alive): Acl {
  const all = Object.keys(patternsOf(registry)).map((resource) => {
    const letters = ACTIONS.flatMap((action): Letter[] => {
      const extent = grantHeld(caller, resource, action);
      if (extent === 'none') return [];
      return [extent === 'all' ? action : `${action}o`];
    });
    return [resource, letters] as const;
  });
  return Object.fromEntries(all.filter(([, letters]) => letters.length > 0));
}
