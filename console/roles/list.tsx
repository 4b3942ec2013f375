/**
 * The roles of the deployment.
 *
 * @module
 */
import { ListPage } from '../app/list-page.tsx';
import { Name, Names, Soft } from '../app/parts.tsx';
import { listRoles, type Role } from './queries.ts';

export const Roles = () => (
  <ListPage<Role>
    collection="roles"
    title="Roles"
    about="What may be done, resource by resource; a role passes it on to those that inherit from it."
    create={{ label: 'New role', to: 'make a role' }}
    read={listRoles}
    keyOf={({ name }) => name}
    nameOf={({ name }) => name}
    columns={[
      { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
      { label: 'Inherits from', cell: ({ parents }) => <Names names={parents} /> },
      { label: 'Resources', cell: ({ effective }) => Object.keys(effective).length },
    ]}
    empty={<Soft>There are no roles but root. A role says what its holders may do.</Soft>}
    commandLine="npm run latchkey -- role set support --parent user --allow cdr=r"
  />
);
