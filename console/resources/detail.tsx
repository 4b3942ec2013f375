/**
 * One resource: which paths it stands for.
 *
 * @module
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { Confirmed } from '../app/confirm.tsx';
import { EditForm } from '../app/edit-form.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Failure, Missing, Names, Row } from '../app/parts.tsx';
import { RESOURCE_FIELDS } from './fields.ts';
import { changeResource, deleteResource, readResource, resourceQuery } from './queries.ts';

export function ResourcePage({ id }: { id: string }) {
  const cache = useQueryClient();
  const may = useMay();
  const { data, error } = useQuery(resourceQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  return (
    <Page title={id}>
      <Card title="Paths">
        {may('u', 'admin/resources') ? (
          <EditForm
            seen={data}
            specs={RESOURCE_FIELDS}
            save={(change, etag) => changeResource(id, change, etag)}
            reload={() => readResource(id)}
            onSaved={(saved) => {
              cache.setQueryData(resourceQuery(id).queryKey, saved);
              void cache.invalidateQueries({ queryKey: ['resources', 'list'] });
            }}
          />
        ) : (
          <>
            <Names names={data.thing.patterns} />
            <Missing letter="u" resource="admin/resources" to="change a resource" />
          </>
        )}
      </Card>
      <Ending id={id} />
    </Page>
  );
}

function Ending({ id }: { id: string }) {
  const [, go] = useLocation();
  const cache = useQueryClient();
  if (!useMay()('d', 'admin/resources'))
    return <Missing letter="d" resource="admin/resources" to="delete a resource" />;
  return (
    <Card title="Delete">
      <Row>
        <Confirmed
          label="Delete resource"
          title={`Delete the resource ${id}?`}
          typed={id}
          act={() => deleteResource(id)}
          onDone={() => {
            void cache.invalidateQueries({ queryKey: ['resources'] });
            go('/resources');
          }}
        >
          <p>Calls to its paths are refused to everybody from now on.</p>
        </Confirmed>
      </Row>
    </Card>
  );
}
