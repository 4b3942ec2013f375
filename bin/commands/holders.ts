/**
 * Who holds a letter on a resource, of what the admin API lists.
 *
 * @module
 */
import type { Acl } from '../../lib/store/directory/roles.ts';
import { type Action, type Extent, grantOf, stronger, weaker } from '../../lib/verdict/acl.ts';
import { powerOf } from '../../lib/verdict/power.ts';
import type { Item } from '../api/table.ts';

export type Wanted = { resource: string; action: Action };
export type Holder = {
  kind: string;
  name: unknown;
  domain: unknown;
  /** The roles that give it. */
  by: string;
  /** For own objects only. */
  own: boolean;
  disabled: boolean;
};
/** By the name of each role. */
export type Grants = ReadonlyMap<string, Extent>;

/** `root` is in no list, and may do everything. */
export const grantsOf = (roles: readonly Item[], { resource, action }: Wanted): Grants =>
  new Map([
    ...roles.map(({ name, effective }): [string, Extent] => [
      String(name),
      grantOf([effective as Acl], resource, action),
    ]),
    ['root', 'all'],
  ]);

/** @returns One, or nobody. */
export function holder(
  kind: string,
  { name, roles = [], domain, disabled = false }: Item,
  grants: Grants,
): Holder[] {
  const able = (roles as string[]).filter((role) => (grants.get(role) ?? 'none') !== 'none');
  if (able.length === 0) return [];
  const grant = able.reduce<Extent>(
    (best, role) => stronger(best, grants.get(role) ?? 'none'),
    'none',
  );
  const by = able.join(' ');
  return [{ kind, name, domain, by, own: grant === 'own', disabled: Boolean(disabled) }];
}

/** By its own token, which does no more than the client is registered for. */
export function clientHolder(client: Item, grants: Grants, { resource, action }: Wanted): Holder[] {
  const left = powerOf((client['scopes'] ?? []) as string[]).on(resource, action);
  if (left === 'none') return [];
  return holder('client', { ...client, name: client['id'] }, grants).map((found) => ({
    ...found,
    own: weaker(found.own ? 'own' : 'all', left) === 'own',
  }));
}

/** Of a domain, which bounds it by nothing: its roles, or an ACL of its own in their place. */
export function domainKeyHolder(
  { acl, ...key }: Item,
  domain: string,
  grants: Grants,
  { resource, action }: Wanted,
): Holder[] {
  if (acl === undefined) return holder('key', { ...key, domain }, grants);
  const own = new Map([['its own ACL', grantOf([acl as Acl], resource, action)]]);
  return holder('key', { ...key, domain, roles: [...own.keys()] }, own);
}
