/**
 * The pages of clients.
 *
 * @module
 */
import { Collection } from '../app/collection.tsx';
import { ClientPage } from './detail.tsx';
import { Clients } from './list.tsx';
import { NewClient } from './new.tsx';

export const ClientPages = () => (
  <Collection
    at="/clients"
    list={<Clients />}
    create={<NewClient />}
    one={(id) => <ClientPage key={id} id={id} />}
  />
);
