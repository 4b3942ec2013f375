/**
 * New resources: one, or as many as an API's description names.
 *
 * @module
 */
import { NewPage } from '../app/new-page.tsx';
import { NEW_RESOURCE_FIELDS } from './fields.ts';
import { ImportCard } from './import.tsx';
import { createResource } from './queries.ts';

export const NewResource = () => (
  <NewPage
    collection="resources"
    title="New resource"
    heading="Resource"
    specs={NEW_RESOURCE_FIELDS}
    label="Register resource"
    make={createResource}
    idOf={({ name }) => name}
    beside={<ImportCard />}
  />
);
