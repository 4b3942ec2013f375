/**
 * The pages of resources.
 *
 * @module
 */
import { Collection } from '../app/collection.tsx';
import { ResourcePage } from './detail.tsx';
import { Resources } from './list.tsx';
import { NewResource } from './new.tsx';

export const ResourcePages = () => (
  <Collection
    at="/resources"
    list={<Resources />}
    create={<NewResource />}
    one={(id) => <ResourcePage key={id} id={id} />}
  />
);
