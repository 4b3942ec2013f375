/**
 * One role: from whom it inherits, what it may do, and what a change of that would mean.
 *
 * The tag is the form's own, so that a change of somebody else's is seen before it is overwritten.
 *
 * @module
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { Seen } from '../app/api.ts';
import { Confirmed } from '../app/confirm.tsx';
import { Field } from '../app/fields.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Action, Card, Done, Failure, Missing, Row, Stack } from '../app/parts.tsx';
import { Refused } from '../app/refused.ts';
import { allRolesQuery } from '../app/role-names.ts';
import { Changes, Conflict } from './changes.tsx';
import { changesOf, heirsOf, patchOf, rebased } from './letters.ts';
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
    <Page title={id}>
      <Card title="What it may do">
        <Letters seen={role.data} roles={roles.data} resources={names.data ?? []} />
      </Card>
      <Ending name={id} />
    </Page>
  );
}

type LettersProps = { seen: Seen<Role>; roles: readonly Role[]; resources: readonly string[] };
type Typed = { parents: readonly string[]; acl: Acl };

function Letters({ seen, roles, resources }: LettersProps) {
  const cache = useQueryClient();
  const may = useMay();
  const [base, setBase] = useState(seen);
  const [typed, setTyped] = useState<Typed>(seen.thing);
  const [theirs, setTheirs] = useState<Seen<Role>>();
  const { name } = base.thing;
  const changes = changesOf(base.thing.acl, typed.acl);
  const isParents = typed.parents.join() !== base.thing.parents.join();
  const isDirty = changes.length > 0 || isParents;
  const [followed, follow] = useState(seen);
  const begin = (from: Seen<Role>) => {
    setBase(from);
    setTyped(from.thing);
    setTheirs(undefined);
  };
  // Whoever has typed nothing sees what is there now.
  if (seen !== followed && !isDirty && !theirs) {
    follow(seen);
    begin(seen);
  }
  const saving = useMutation({
    mutationFn: () => {
      const acl = patchOf(base.thing.acl, typed.acl);
      return changeRole(name, { acl, ...(isParents && { parents: typed.parents }) }, base.etag);
    },
    onSuccess: (saved) => {
      begin(saved);
      cache.setQueryData(roleQuery(name).queryKey, saved);
      void cache.invalidateQueries({ queryKey: ['roles', 'all'] });
      void cache.invalidateQueries({ queryKey: ['roles', 'list'] });
    },
    onError: async (error) => {
      if (error instanceof Refused && error.status === 412) setTheirs(await readRole(name));
    },
  });
  const change = (next: Typed) => {
    if (saving.isSuccess) saving.reset();
    setTyped(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isDirty) saving.mutate();
  };
  const mayChange = may('u', 'admin/roles');
  const others = roles.map((role) => role.name).filter((one) => one !== name);
  return (
    <form onSubmit={submit}>
      <Stack>
        <Field
          spec={{ name: 'parents', label: 'Inherits from', kind: 'names', options: others }}
          value={typed.parents}
          onChange={(parents) => change({ ...typed, parents: parents as readonly string[] })}
        />
        <Matrix
          resources={resources}
          roles={roles}
          parents={typed.parents}
          before={base.thing.acl}
          acl={typed.acl}
          isFixed={!mayChange}
          onChange={(acl) => change({ ...typed, acl })}
        />
        {isDirty && <Changes changes={changes} heirs={heirsOf(roles, name)} />}
        {theirs ? (
          <Conflict
            base={base.thing}
            mine={typed}
            theirs={theirs.thing}
            onTheirs={() => {
              begin(theirs);
              saving.reset();
            }}
            onMine={() => {
              begin(theirs);
              setTyped({ ...typed, acl: rebased(theirs.thing.acl, changes) });
              saving.reset();
            }}
          />
        ) : (
          <Failure error={saving.error} />
        )}
        {saving.isSuccess && !isDirty && <Done>Saved.</Done>}
        {mayChange ? (
          <Row>
            <Action type="submit" look="primary" isDisabled={!isDirty || saving.isPending}>
              {saving.isPending ? 'Saving…' : 'Save'}
            </Action>
            {isDirty && <Action onPress={() => begin(base)}>Undo</Action>}
          </Row>
        ) : (
          <Missing letter="u" resource="admin/roles" to="change a role" />
        )}
      </Stack>
    </form>
  );
}

function Ending({ name }: { name: string }) {
  const [, go] = useLocation();
  const cache = useQueryClient();
  if (!useMay()('d', 'admin/roles'))
    return <Missing letter="d" resource="admin/roles" to="delete a role" />;
  return (
    <Card title="Delete">
      <Row>
        <Confirmed
          label="Delete role"
          title={`Delete the role ${name}?`}
          typed={name}
          act={() => deleteRole(name)}
          onDone={() => {
            void cache.invalidateQueries({ queryKey: ['roles'] });
            go('/roles');
          }}
        >
          <p>A role that somebody holds, or inherits from, is not deleted: take it away first.</p>
        </Confirmed>
      </Row>
    </Card>
  );
}
