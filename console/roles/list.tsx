/**
 * The roles of the deployment.
 *
 * @module
 */
import { List } from '../app/list.tsx';
import { useMay } from '../app/me.ts';
import { Page } from '../app/page.tsx';
import { ActionLink, Missing, Name, Names, Soft } from '../app/parts.tsx';
import { listRoles, type Role } from './queries.ts';

export function Roles() {
  const mayCreate = useMay()('c', 'admin/roles');
  return (
    <Page
      title="Roles"
      about="What may be done, resource by resource; a role passes it on to those that inherit from it."
      actions={
        mayCreate && (
          <ActionLink href="/roles/new" look="primary">
            New role
          </ActionLink>
        )
      }
    >
      <List<Role>
        caption="Roles"
        queryKey={['roles']}
        read={listRoles}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => `/roles/${encodeURIComponent(name)}`}
        nameOf={({ name }) => name}
        columns={[
          { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
          { label: 'Inherits from', cell: ({ parents }) => <Names names={parents} /> },
          { label: 'Resources', cell: ({ effective }) => Object.keys(effective).length },
        ]}
        empty={<Soft>There are no roles but root. A role says what its holders may do.</Soft>}
        commandLine="npm run latchkey -- role create support --parent user --allow cdr=r"
      />
      {!mayCreate && <Missing letter="c" resource="admin/roles" to="make a role" />}
    </Page>
  );
}
