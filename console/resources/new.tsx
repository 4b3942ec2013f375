/**
 * A new resource.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { CreateForm } from '../app/create-form.tsx';
import { Page } from '../app/page.tsx';
import { Card } from '../app/parts.tsx';
import { NEW_RESOURCE_FIELDS } from './fields.ts';
import { createResource } from './queries.ts';

export function NewResource() {
  const [, go] = useLocation();
  const cache = useQueryClient();
  return (
    <Page title="New resource">
      <Card title="Resource">
        <CreateForm
          specs={NEW_RESOURCE_FIELDS}
          label="Register resource"
          make={createResource}
          onMade={({ name }) => {
            void cache.invalidateQueries({ queryKey: ['resources'] });
            go(`/resources/${encodeURIComponent(name)}`, { state: { byLink: true } });
          }}
        />
      </Card>
    </Page>
  );
}
