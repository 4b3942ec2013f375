/**
 * The API key of the application that signs users in at the help desk's dialect: whether there is one, and
 * another one. Whether it is mandatory is a setting.
 *
 * @module
 */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf, isThere } from '../app/api.ts';
import { useMay, useMe } from '../app/me.ts';
import { Loading } from '../app/page.tsx';
import { Card, Failure, Missing, Soft } from '../app/parts.tsx';
import { Renewal } from '../app/renewal.tsx';

const PATH = '/api/v1/helpdesk/api_key';
const RESOURCE = 'helpdesk/api_key';

/** To show it would make it. */
const keyQuery = queryOptions({
  queryKey: ['settings', 'application-key'],
  queryFn: ({ signal }) => isThere(PATH, signal),
});

const renew = async (overlap: number): Promise<string> =>
  (await dataOf(api.POST(PATH, { body: { overlap } }))).result;

export function ApplicationKey() {
  const isRoot = useMe()?.root ?? false;
  const may = useMay();
  if (!isRoot) return null;
  return (
    <Card title="The application’s API key">
      {may('r', RESOURCE) ? (
        <Shown mayMake={may('c', RESOURCE)} />
      ) : (
        <Missing letter="r" resource={RESOURCE} to="see whether there is a key" />
      )}
    </Card>
  );
}

function Shown({ mayMake }: { mayMake: boolean }) {
  const cache = useQueryClient();
  const { data, error } = useQuery(keyQuery);
  if (error) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <Soft>
        {data
          ? 'There is one. The application shows it where it signs users in.'
          : 'There is none yet.'}
      </Soft>
      {mayMake ? (
        <Renewal
          what="the application’s API key"
          renew={renew}
          // The settings are of another state with it.
          onDone={() => void cache.invalidateQueries({ queryKey: ['settings'] })}
        />
      ) : (
        <Missing letter="c" resource={RESOURCE} to="make a key" />
      )}
    </>
  );
}
