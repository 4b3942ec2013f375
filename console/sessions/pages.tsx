/**
 * The pages of sessions.
 *
 * @module
 */
import { Collection } from '../app/collection.tsx';
import { SessionPage } from './detail.tsx';
import { Sessions } from './list.tsx';

export const SessionPages = () => (
  <Collection at="/sessions" list={<Sessions />} one={(id) => <SessionPage key={id} id={id} />} />
);
