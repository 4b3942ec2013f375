/**
 * A new role: its name and from whom it inherits. Its letters come after that, in the matrix.
 *
 * @module
 */
import { NewPage } from '../app/new-page.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { createRole } from './queries.ts';

export function NewRole() {
  return (
    <NewPage
      collection="roles"
      title="New role"
      heading="Role"
      specs={[
        { name: 'name', label: 'Name', kind: 'text', required: true },
        { name: 'parents', label: 'Inherits from', kind: 'names', options: useRoleNames() },
      ]}
      label="Create role"
      make={createRole}
      idOf={({ name }) => name}
    />
  );
}
