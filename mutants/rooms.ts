/**
 * What is mutated: the rooms whose slips let somebody in. A room is its globs, so files may come and go.
 *
 * @module
 */
import { globSync } from 'node:fs';

export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  verdict: [
    'lib/{verdict,guard,authority}/**/*.ts',
    'lib/access/{verdict,acl,fields,granted-client,resource,scope-token,secret}.ts',
    'lib/access/{api-key,note-use,may-grant,reach}.ts',
    'lib/oauth/{present,guard,authorized}.ts',
  ],
  tokens: ['lib/tokens/**/*.ts'],
  rules: [
    'lib/oauth/{request,authorize,token,clients,inspect,logout}/**/*.ts',
    'lib/oauth/{check,client,refresh,authorization,authentication}-*.ts',
    'lib/oauth/{authorize,decide,issue-code,remembered-consent,revoke,inspection,introspect}.ts',
    'lib/oauth/{userinfo,backchannel-logout,grant-tokens,invalid-grant,token,token-call}.ts',
    'lib/access/authenticate-client.ts',
  ],
  scopes: [
    'lib/oauth/scopes/**/*.ts',
    'lib/oauth/{narrower-scope,scope,user-scopes}.ts',
    'lib/access/claims.ts',
  ],
  stores: [
    'lib/store/**/*.ts',
    'lib/aws/{table,transaction,query,read-cache,storable-key,until-uncontested}.ts',
  ],
  authorizer: [
    'lib/faces/authorizer/**/*.ts',
    'lib/http/{authorizer*,api-answers,graphql}.ts',
    'lib/access/{compile-policy,policy-globs}.ts',
  ],
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
