/**
 * What an ACL permits: resource name -> letters.
 *
 * `c r u d` create, read, update, delete; with `o`, own objects only; `*`, all four on all objects.
 * A letter on a resource says nothing of any other: `cdr` does not imply `cdr/files`.
 *
 * @module
 */
import type { Acl, Letter } from '../store/directory/roles.ts';

export type Action = 'c' | 'r' | 'u' | 'd';
/** From weakest to strongest. */
export type Extent = 'none' | 'own' | 'all';

const ACTION: Readonly<Record<string, Action>> = {
  GET: 'r',
  HEAD: 'r',
  POST: 'c',
  PUT: 'u',
  PATCH: 'u',
  DELETE: 'd',
};
export const ACTIONS = ['c', 'r', 'u', 'd'] as const;
const STRENGTH: readonly Extent[] = ['none', 'own', 'all'];

/** @returns `undefined` for a method that no letter stands for: nobody may use it. */
export const actionOf = (method: string): Action | undefined =>
  Object.hasOwn(ACTION, method) ? ACTION[method] : undefined;

export const methodsOf = (action: Action): string[] =>
  Object.keys(ACTION).filter((method) => ACTION[method] === action);

/** Several ACLs are a union: what one of them permits is permitted. */
export function grantOf(acls: readonly Acl[], resource: string, action: Action): Extent {
  const letters = acls.flatMap((acl) =>
    Object.hasOwn(acl, resource) ? (acl[resource] ?? []) : [],
  );
  if (letters.includes('*') || letters.includes(action)) return 'all';
  return letters.includes(`${action}o`) ? 'own' : 'none';
}

/** @returns A resource with a letter that goes beyond the grants, if there is one. */
export const unpermitted = (
  acl: Acl,
  grant: (resource: string, action: Action) => Extent,
): string | undefined =>
  Object.keys(acl).find((resource) =>
    ACTIONS.some((action) => {
      const asked = grantOf([acl], resource, action);
      return weaker(asked, grant(resource, action)) !== asked;
    }),
  );

/** The union of several ACLs, letters in one order, without those that another one implies. */
export function mergeAcls(acls: readonly Acl[]): Acl {
  const names = new Set(acls.flatMap((acl) => Object.keys(acl)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      minimal(acls.flatMap((acl) => (Object.hasOwn(acl, name) ? (acl[name] ?? []) : []))),
    ]),
  );
}

/** The ACL that the grants amount to on these resources. */
export const aclOf = (
  resources: readonly string[],
  grant: (resource: string, action: Action) => Extent,
): Acl =>
  Object.fromEntries(
    resources.flatMap((resource) => {
      const letters = ACTIONS.flatMap((action): Letter[] => {
        const granted = grant(resource, action);
        return granted === 'none' ? [] : [granted === 'own' ? `${action}o` : action];
      });
      const all = ACTIONS.every((action) => grant(resource, action) === 'all');
      return letters.length > 0 ? [[resource, all ? ['*'] : letters] as const] : [];
    }),
  );

function minimal(letters: readonly Letter[]): Letter[] {
  if (letters.includes('*')) return ['*'];
  return ACTIONS.flatMap((action): Letter[] => {
    if (letters.includes(action)) return [action];
    return letters.includes(`${action}o`) ? [`${action}o`] : [];
  });
}

export const stronger = (left: Extent, right: Extent): Extent =>
  STRENGTH[Math.max(STRENGTH.indexOf(left), STRENGTH.indexOf(right))] ?? 'none';

export const weaker = (left: Extent, right: Extent): Extent =>
  STRENGTH[Math.min(STRENGTH.indexOf(left), STRENGTH.indexOf(right))] ?? 'none';
