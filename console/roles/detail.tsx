/**
 * One role: from whom it inherits, what it may do, and what a change of that would mean.
 *
 * What happens to two who change it at once is in app/editing.ts.
 *
 * @module
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Seen } from '../app/api.ts';
import { Conflict } from '../app/conflict.tsx';
import { Deletion } from '../app/deletion.tsx';
import { useEditing } from '../app/editing.ts';
import { Field } from '../app/fields.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Failure, Missing, Stack } from '../app/parts.tsx';
import { allRolesQuery } from '../app/role-names.ts';
import { SaveRow } from '../app/save-row.tsx';
import { typedBefore, useKept } from '../app/typed.ts';
import { Both, Changes } from './changes.tsx';
import { Effects } from './effects.tsx';
import { Holders } from './holders.tsx';
import { type Change, changesOf, patchOf, rebased } from './letters.ts';
import { Matrix } from './matrix.tsx';
import {
  type Acl,
  changeRole,
  deleteRole,
  type Role,
  readRole,
  resourceNamesQuery,
  roleQuery,
} from './queries.ts';

export function RolePage({ id }: { id: string }) {
  const role = useQuery(roleQuery(id));
  const roles = useQuery(allRolesQuery);
  const mayList = useMay()('r', 'admin/resources');
  const names = useQuery({ ...resourceNamesQuery, enabled: mayList });
  const error = role.error ?? roles.error ?? names.error;
  if (error) return <Failure error={error} />;
  if (!role.data || !roles.data || (mayList && !names.data)) return <Loading />;
  return (
    <Page title={id} target={id}>
      <Card title="What it may do">
        <Letters seen={role.data} roles={roles.data} resources={names.data ?? []} />
      </Card>
      <Card title="Who holds it">
        <Holders role={id} />
      </Card>
      <Deletion
        collection="roles"
        noun="role"
        id={id}
        title={`Delete the role ${id}?`}
        remove={deleteRole}
      >
        <p>A role that somebody holds, or inherits from, is not deleted: take it away first.</p>
      </Deletion>
    </Page>
  );
}

type LettersProps = { seen: Seen<Role>; roles: readonly Role[]; resources: readonly string[] };
type Typed = { parents: readonly string[]; acl: Acl };
/** What outlives a sign-in: one's own changes, to be made again to whatever is there then. */
type Kept = { parents?: readonly string[]; changes?: readonly Change[] };
/** There is one on a page. */
const FORM = 'role';

const isHeir = (role: Role, { parents }: Pick<Typed, 'parents'>): boolean =>
  parents.join() !== role.parents.join();

const isOther = (role: Role, { parents, acl }: Typed): boolean =>
  changesOf(role.acl, acl).length > 0 || isHeir(role, { parents });

function changeOf(role: Role, { parents, acl }: Typed) {
  return { acl: patchOf(role.acl, acl), ...(isHeir(role, { parents }) && { parents }) };
}

const keptOf = (role: Role, { parents, acl }: Typed): Kept => ({
  ...(isHeir(role, { parents }) && { parents }),
  changes: changesOf(role.acl, acl),
});

function typedIn({ parents, acl }: Typed): Typed {
  const before = typedBefore<Kept>(FORM);
  return { parents: before.parents ?? parents, acl: rebased(acl, before.changes ?? []) };
}

function useRole(seen: Seen<Role>) {
  const cache = useQueryClient();
  const { name } = seen.thing;
  return useEditing<Role, Typed>({
    seen,
    draftOf: ({ parents, acl }) => ({ parents, acl }),
    typed: typedIn,
    differs: isOther,
    save: (typed, { thing, etag }) => changeRole(name, changeOf(thing, typed), etag),
    reload: () => readRole(name),
    merge: (base, { parents, acl }, theirs) => ({
      parents: isHeir(base, { parents }) ? parents : theirs.parents,
      acl: rebased(theirs.acl, changesOf(base.acl, acl)),
    }),
    onSaved: (saved) => {
      cache.setQueryData(roleQuery(name).queryKey, saved);
      void cache.invalidateQueries({ queryKey: ['roles', 'all'] });
      void cache.invalidateQueries({ queryKey: ['roles', 'list'] });
    },
  });
}

function Letters({ seen, roles, resources }: LettersProps) {
  const editing = useRole(seen);
  const { base, draft, change, theirs } = editing;
  useKept(FORM, keptOf(base.thing, draft));
  const mayChange = useMay()('u', 'admin/roles');
  const { name, acl: before } = base.thing;
  const others = roles.map((role) => role.name).filter((one) => one !== name);
  return (
    <form onSubmit={editing.submit}>
      <Stack>
        <Field
          spec={{ name: 'parents', label: 'Inherits from', kind: 'names', options: others }}
          value={draft.parents}
          onChange={(parents) => change({ ...draft, parents: parents as readonly string[] })}
        />
        <Matrix
          {...{ resources, roles, before }}
          parents={draft.parents}
          acl={draft.acl}
          isFixed={!mayChange}
          onChange={(acl) => change({ ...draft, acl })}
        />
        {editing.isDirty && (
          <Changes changes={changesOf(before, draft.acl)}>
            <Effects role={name} change={changeOf(base.thing, draft)} />
          </Changes>
        )}
        {theirs && (
          <Conflict {...editing} what="this role">
            <Both base={base.thing} mine={draft} theirs={theirs.thing} />
          </Conflict>
        )}
        {mayChange ? (
          <SaveRow {...editing} isContested={theirs !== undefined} />
        ) : (
          <Missing letter="u" resource="admin/roles" to="change a role" />
        )}
      </Stack>
    </form>
  );
}
