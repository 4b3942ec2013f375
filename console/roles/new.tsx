/**
 * A new role: its name and from whom it inherits. Its letters come after that, in the matrix.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { CreateForm } from '../app/create-form.tsx';
import { Page } from '../app/page.tsx';
import { Card } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { createRole } from './queries.ts';

export function NewRole() {
  const [, go] = useLocation();
  const cache = useQueryClient();
  return (
    <Page title="New role">
      <Card title="Role">
        <CreateForm
          specs={[
            { name: 'name', label: 'Name', kind: 'text', required: true },
            { name: 'parents', label: 'Inherits from', kind: 'names', options: useRoleNames() },
          ]}
          label="Create role"
          make={createRole}
          onMade={({ name }) => {
            void cache.invalidateQueries({ queryKey: ['roles'] });
            go(`/roles/${encodeURIComponent(name)}`, { state: { byLink: true } });
          }}
        />
      </Card>
    </Page>
  );
}
