/**
 * One resource: which paths it stands for.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { Deletion } from '../app/deletion.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Failure, Missing, Names } from '../app/parts.tsx';
import { ThingForm } from '../app/thing-form.tsx';
import { RESOURCE_FIELDS } from './fields.ts';
import { changeResource, deleteResource, readResource, resourceQuery } from './queries.ts';

export function ResourcePage({ id }: { id: string }) {
  const may = useMay();
  const { data, error } = useQuery(resourceQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  return (
    <Page title={id} target={id}>
      <Card title="Paths">
        {may('u', 'admin/resources') ? (
          <ThingForm
            collection="resources"
            id={id}
            seen={data}
            specs={RESOURCE_FIELDS}
            save={changeResource}
            reload={readResource}
          />
        ) : (
          <>
            <Names names={data.thing.patterns} />
            <Missing letter="u" resource="admin/resources" to="change a resource" />
          </>
        )}
      </Card>
      <Deletion
        collection="resources"
        noun="resource"
        id={id}
        title={`Delete the resource ${id}?`}
        remove={deleteResource}
      >
        <p>Calls to its paths are refused to everybody from now on.</p>
      </Deletion>
    </Page>
  );
}
