/**
 * The pages of domains.
 *
 * @module
 */
import { Collection } from '../app/collection.tsx';
import { DomainPage } from './detail.tsx';
import { Domains, NewDomain } from './list.tsx';

export const DomainPages = () => (
  <Collection
    at="/domains"
    list={<Domains />}
    create={<NewDomain />}
    one={(id) => <DomainPage key={id} id={id} />}
  />
);
