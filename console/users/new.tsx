/**
 * A new user.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { CreateForm } from '../app/create-form.tsx';
import { Page } from '../app/page.tsx';
import { Card } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { newUserFields } from './fields.ts';
import { createUser } from './queries.ts';

export function NewUser() {
  const [, go] = useLocation();
  const cache = useQueryClient();
  return (
    <Page title="New user">
      <Card title="Account">
        <CreateForm
          specs={newUserFields(useRoleNames())}
          initial={{ activated: true }}
          label="Create user"
          make={createUser}
          onMade={({ id }) => {
            void cache.invalidateQueries({ queryKey: ['users'] });
            go(`/users/${id}`, { state: { byLink: true } });
          }}
        />
      </Card>
    </Page>
  );
}
