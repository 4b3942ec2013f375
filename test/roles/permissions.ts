/**
 * A role as single permissions, which can be taken away: one action on one resource by one statement, and
 * where that lists keys or attributes, for one of them.
 *
 * @module
 */
import type { Condition, Statement } from './policy.ts';

/** What it is, and the role that is left without it. */
export type Permission = [title: string, without: Statement[]];

export const permissionsOf = (role: readonly Statement[]): Permission[] =>
  role
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      statement.Action.flatMap((action) =>
        statement.Resource.flatMap((resource) =>
          partsOf(statement).map(
            ([part, left]): Permission => [
              `${action} on ${resource.split(':').slice(5).join(':') || resource}${part}`,
              role.flatMap((it) => (it === statement ? rest(it, action, resource, left) : [it])),
            ],
          ),
        ),
      ),
    );

/** What the statement lists, each with the condition that is left without it; or all of it at once. */
function partsOf({ Condition = {} }: Statement): [string, Condition | undefined][] {
  const listed = Object.entries(Condition)
    .filter(([operator]) => /^ForAllValues:String(Like|Equals)$/.test(operator))
    .flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, wanted]) =>
        [wanted].flat().map((value) => ({ operator, key, value, wanted: [wanted].flat() })),
      ),
    );
  if (listed.length === 0) return [['', undefined]];
  return listed.map(({ operator, key, value, wanted }) => {
    const others = wanted.filter((it) => it !== value);
    return [
      `, ${key.replace('dynamodb:', '')} ${value}`,
      { ...Condition, [operator]: { ...Condition[operator], [key]: others } },
    ];
  });
}

/** @param left - The condition under which this action on this resource stays, if at all. */
function rest(
  statement: Statement,
  action: string,
  resource: string,
  left: Condition | undefined,
): Statement[] {
  const { Action, Resource } = statement;
  const one = { ...statement, Action: [action] };
  return [
    { ...statement, Action: Action.filter((it) => it !== action) },
    { ...one, Resource: Resource.filter((it) => it !== resource) },
    ...(left ? [{ ...one, Resource: [resource], Condition: left }] : []),
  ];
}

/** Every action that a role allows, and the role without it, whatever statements name it. */
export const actionsOf = (role: readonly Statement[]): Permission[] => {
  const allowed = role.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
  return [...new Set(allowed)].map((action) => [
    action,
    role.map((it) =>
      it.Effect === 'Allow' ? { ...it, Action: it.Action.filter((one) => one !== action) } : it,
    ),
  ]);
};
