/**
 * One user: the account, the profile, the password, the sessions and the keys.
 *
 * @module
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import type { Seen } from '../app/api.ts';
import { Confirmed } from '../app/confirm.tsx';
import { EditForm } from '../app/edit-form.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, Row, State } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { SubjectSessions } from '../app/subject-sessions.tsx';
import { userFields } from './fields.ts';
import { changeUser, deleteUser, readUser, type User, userQuery } from './queries.ts';

export function UserPage({ id }: { id: string }) {
  const { data, error } = useQuery(userQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  return <Shown key={id} seen={data} />;
}

function Shown({ seen }: { seen: Seen<User> }) {
  const { id, username } = seen.thing;
  const may = useMay();
  const cache = useQueryClient();
  const mayChange = may('u', 'admin/users');
  const roles = useRoleNames();
  const form = {
    seen,
    save: (change: object, etag: string) => changeUser(id, change, etag),
    reload: () => readUser(id),
    onSaved: (saved: Seen<User>) => {
      cache.setQueryData(userQuery(id).queryKey, saved);
      void cache.invalidateQueries({ queryKey: ['users', 'list'] });
    },
  };
  return (
    <Page title={username}>
      <Card title="At a glance">
        <About user={seen.thing} />
      </Card>
      {mayChange ? (
        <Card title="Settings">
          <EditForm {...form} specs={userFields(roles)} />
        </Card>
      ) : (
        <Missing letter="u" resource="admin/users" to="change a user" />
      )}
      <Card title="Sessions">
        <SubjectSessions subject={id} name={username} />
      </Card>
      <Ending user={seen.thing} />
    </Page>
  );
}

const About = ({ user }: { user: User }) => (
  <Facts>
    <Fact name="Id">
      <code>{user.id}</code>
    </Fact>
    <Fact name="Domain">{user.domain}</Fact>
    <Fact name="State">
      <State disabled={user.disabled} />
    </Fact>
    <Fact name="E-mail verified">
      <Moment at={user.verified?.email?.at} />
    </Fact>
    <Fact name="Created">
      <Moment at={user.createdAt} />
    </Fact>
    <Fact name="Changed">
      <Moment at={user.updatedAt} />
    </Fact>
    <Fact name="API keys">
      <Link href={`/keys?owner=${encodeURIComponent(user.id)}`}>Those of this user</Link>
    </Fact>
  </Facts>
);

function Ending({ user: { id, username } }: { user: User }) {
  const [, go] = useLocation();
  const cache = useQueryClient();
  const may = useMay();
  if (!may('d', 'admin/users'))
    return <Missing letter="d" resource="admin/users" to="delete a user" />;
  return (
    <Card title="Delete">
      <Row>
        <Confirmed
          label="Delete user"
          title={`Delete ${username}?`}
          typed={username}
          act={() => deleteUser(id)}
          onDone={() => {
            cache.removeQueries({ queryKey: ['users', id] });
            void cache.invalidateQueries({ queryKey: ['users', 'list'] });
            go('/users');
          }}
        >
          <p>The account goes for good, with every session and every API key of it.</p>
        </Confirmed>
      </Row>
    </Card>
  );
}
