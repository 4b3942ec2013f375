/**
 * The pages of API keys.
 *
 * @module
 */
import { Collection } from '../app/collection.tsx';
import { KeyPage } from './detail.tsx';
import { Keys } from './list.tsx';
import { NewKey } from './new.tsx';

export const KeyPages = () => (
  <Collection
    at="/keys"
    list={<Keys />}
    create={<NewKey />}
    one={(id) => <KeyPage key={id} id={id} />}
  />
);
