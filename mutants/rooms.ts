/**
 * What is mutated: the rooms whose slips let somebody in. A room is its globs, so files may come and go.
 *
 * @module
 */
import { globSync } from 'node:fs';

export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  verdict: ['lib/{verdict,guard,authority}/**/*.ts'],
  tokens: ['lib/tokens/**/*.ts'],
  rules: ['lib/oauth/{request,authorize,token,clients,inspect,logout}/**/*.ts'],
  scopes: ['lib/oauth/scopes/**/*.ts'],
  stores: [
    'lib/store/**/*.ts',
    'lib/aws/{item,query,read-cache,snapshot,storable-key,table,transaction,until-uncontested}.ts',
  ],
  authorizer: ['lib/faces/authorizer/**/*.ts'],
};

/** Paths from the project's root, sorted. */
export const filesOf = (room: string): string[] => globSync([...(ROOMS[room] ?? [])]).sort();

/** The room of each file; a file stands in one. */
export function roomsByFile(rooms: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const room of rooms)
    for (const file of filesOf(room)) {
      const other = found.get(file);
      if (other) throw new Error(`${file} stands in two rooms: ${other} and ${room}`);
      found.set(file, room);
    }
  return found;
}
