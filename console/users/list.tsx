/**
 * The users of a domain.
 *
 * @module
 */
import { ListPage } from '../app/list-page.tsx';
import { Moment, Name, Names, Soft, State } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { STATES } from '../app/state.ts';
import { changeUser, listUsers, readUser, type User } from './queries.ts';

/** As it is at this moment: whoever switches off means whatever is there. */
async function disable({ id }: User): Promise<void> {
  const { etag } = await readUser(id);
  await changeUser(id, { disabled: true }, etag);
}

export const Users = () => <Listed roles={useRoleNames()} />;

const Listed = ({ roles }: { roles: readonly string[] }) => (
  <ListPage<User>
    collection="users"
    title="Users"
    about="People who sign in, and what they may do by their roles."
    create={{ label: 'New user', to: 'make a user' }}
    read={listUsers}
    filters={[
      { name: 'prefix', label: 'User name begins with' },
      { name: 'login', label: 'Whole name or e-mail address' },
      { name: 'domain', label: 'Domain' },
      { name: 'role', label: 'Role', options: roles },
      { name: 'state', label: 'State', options: STATES },
    ]}
    keyOf={({ id }) => id}
    nameOf={({ username }) => username}
    columns={[
      { label: 'User name', cell: ({ username }) => <Name>{username}</Name> },
      { label: 'Name', cell: ({ profile }) => <bdi>{fullName(profile)}</bdi> },
      { label: 'Domain', cell: ({ domain }) => domain },
      { label: 'Roles', cell: ({ roles }) => <Names names={roles} /> },
      { label: 'Last sign-in', cell: ({ lastSignIn }) => <Moment at={lastSignIn} /> },
      { label: 'State', cell: ({ disabled }) => <State disabled={disabled} /> },
    ]}
    empty={<Soft>There are no users yet. A user is a person who signs in.</Soft>}
    commandLine="npm run latchkey -- user create bob@mydomain.com --role user"
    disable={{
      about: 'They may sign in no more; their sessions and keys are refused from now on.',
      run: disable,
    }}
  />
);

const fullName = ({ name, given_name: given, family_name: family }: User['profile']): string =>
  name ?? ([given, family].filter(Boolean).join(' ') || '–');
