/**
 * The pages of users.
 *
 * @module
 */
import { Collection } from '../app/collection.tsx';
import { UserPage } from './detail.tsx';
import { Users } from './list.tsx';
import { NewUser } from './new.tsx';

export const UserPages = () => (
  <Collection
    at="/users"
    list={<Users />}
    create={<NewUser />}
    one={(id) => <UserPage key={id} id={id} />}
  />
);
