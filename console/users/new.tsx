/**
 * A new user.
 *
 * @module
 */
import { NewPage } from '../app/new-page.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { newUserFields } from './fields.ts';
import { createUser } from './queries.ts';

export function NewUser() {
  return (
    <NewPage
      collection="users"
      title="New user"
      heading="Account"
      specs={newUserFields(useRoleNames())}
      initial={{ activated: true }}
      label="Create user"
      make={createUser}
      idOf={({ id }) => id}
    />
  );
}
