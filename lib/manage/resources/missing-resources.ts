/**
 * What a registry lacks of the resources that somebody wants there.
 *
 * @module
 */
import type { Patterns } from '../../verdict/resource.ts';

/** Those that the registry lacks, or knows by name only, so that no path of theirs leads to them. */
export const missingResources = (
  wanted: Patterns,
  registered: Patterns,
): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(wanted)
      .filter(([name, patterns]) => {
        const known = Object.hasOwn(registered, name) ? registered[name] : undefined;
        return !known || (known.length === 0 && patterns.length > 0);
      })
      .map(([name, patterns]) => [name, [...patterns]]),
  );
