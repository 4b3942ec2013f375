/**
 * The pages of roles.
 *
 * @module
 */
import { Collection } from '../app/collection.tsx';
import { RolePage } from './detail.tsx';
import { Roles } from './list.tsx';
import { NewRole } from './new.tsx';

export const RolePages = () => (
  <Collection
    at="/roles"
    list={<Roles />}
    create={<NewRole />}
    one={(id) => <RolePage key={id} id={id} />}
  />
);
