/**
 * A role as single permissions: one action on one resource by one statement, which can be taken away.
 *
 * @module
 */
import type { Statement } from './policy.ts';

/** What it is, and the role that is left without it. */
export type Permission = [title: string, without: Statement[]];

export const permissionsOf = (role: readonly Statement[]): Permission[] =>
  role
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      statement.Action.flatMap((action) =>
        statement.Resource.map(
          (resource): Permission => [
            `${action} on ${resource.split(':').slice(5).join(':') || resource}${when(statement)}`,
            role.flatMap((it) => (it === statement ? rest(it, action, resource) : [it])),
          ],
        ),
      ),
    );

const when = ({ Condition }: Statement): string =>
  Condition ? ` when ${JSON.stringify(Condition)}` : '';

function rest(statement: Statement, action: string, resource: string): Statement[] {
  const { Action, Resource } = statement;
  return [
    { ...statement, Action: Action.filter((it) => it !== action) },
    { ...statement, Action: [action], Resource: Resource.filter((it) => it !== resource) },
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
