/**
 * One user: the account, the profile, the password, the sessions and the keys.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Seen } from '../app/api.ts';
import { Deletion } from '../app/deletion.tsx';
import { Ends } from '../app/ends.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, State } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { SubjectSessions } from '../app/subject-sessions.tsx';
import { ThingForm } from '../app/thing-form.tsx';
import { Consents } from './consents.tsx';
import { userFields } from './fields.ts';
import { Invitation } from './invitation.tsx';
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
  const mayChange = may('u', 'admin/users');
  const roles = useRoleNames();
  return (
    <Page title={username} target={id}>
      <Card title="At a glance">
        <About user={seen.thing} />
      </Card>
      {seen.thing.invited && (
        <Card title="Without a password">
          <Invitation user={seen.thing} mayInvite={mayChange} />
        </Card>
      )}
      {mayChange ? (
        <Card title="Settings">
          <ThingForm
            collection="users"
            id={id}
            seen={seen}
            specs={userFields(roles)}
            save={changeUser}
            reload={readUser}
          />
        </Card>
      ) : (
        <Missing letter="u" resource="admin/users" to="change a user" />
      )}
      <Card title="Applications that have access">
        <Consents user={id} name={username} />
      </Card>
      <Card title="Sessions">
        <SubjectSessions subject={id} name={username} />
      </Card>
      <Deletion
        collection="users"
        noun="user"
        id={id}
        title={`Delete ${username}?`}
        typed={username}
        remove={deleteUser}
      >
        <Ends of={{ subject: id }} keys />
        <p>The account goes for good, with every session and every API key of it.</p>
      </Deletion>
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
    <Fact name="Last sign-in">
      <Moment at={user.lastSignIn} />
    </Fact>
    <Fact name="E-mail verified">
      <Moment at={user.verified?.email?.at} />
    </Fact>
    {user.undeliverable && (
      <Fact name={user.undeliverable.why === 'bounced' ? 'Mail came back' : 'Called spam'}>
        <Moment at={user.undeliverable.at} />
      </Fact>
    )}
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
