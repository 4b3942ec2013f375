/**
 * The settings of the deployment that change while it runs.
 *
 * @module
 */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, onlyIf, type Schemas, type Seen, seenOf } from '../app/api.ts';
import { EditForm } from '../app/edit-form.tsx';
import type { FieldSpec } from '../app/fields.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing } from '../app/parts.tsx';
import { ApplicationKey } from './application-key.tsx';
import { type Chosen, chosenIn, MAKER_FIELDS, settingsOf } from './makers.ts';

const chosen = ({ thing, ...seen }: Seen<Schemas['AdminSettings']>): Seen<Chosen> => ({
  ...seen,
  thing: chosenIn(thing),
});

const readSettings = async (signal?: AbortSignal): Promise<Seen<Chosen>> =>
  chosen(await seenOf(api.GET('/admin/api/settings', signal ? { signal } : {})));

const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => readSettings(signal),
});

const save = async (change: object, etag: string): Promise<Seen<Chosen>> =>
  chosen(
    await seenOf(
      api.PATCH('/admin/api/settings', {
        params: { header: onlyIf(etag) },
        body: change as Schemas['AdminSettingsChange'],
      }),
    ),
  );

const FIELDS: readonly FieldSpec[] = [
  {
    name: 'faveoApiKeyMandatory',
    label: 'The application’s API key is mandatory',
    kind: 'switch',
    hint: 'Calls of the help desk without it are refused.',
  },
  ...MAKER_FIELDS,
];

export function SettingsPages() {
  const cache = useQueryClient();
  const mayChange = useMay()('u', 'admin/settings');
  const { data, error } = useQuery(settingsQuery);
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const { faveoApiKeyMandatory: mandatory, userCreateScope: roles, makers } = data.thing;
  return (
    <Page title="Settings" about="What counts for the whole deployment, from the next call on.">
      <Card title="Settings">
        {mayChange ? (
          <EditForm
            seen={data}
            specs={FIELDS}
            save={(change, etag) => save(settingsOf(change, data.thing), etag)}
            reload={readSettings}
            onSaved={(saved) => cache.setQueryData(settingsQuery.queryKey, saved)}
          />
        ) : (
          <>
            <Facts>
              <Fact name="API key mandatory">{mandatory ? 'yes' : 'no'}</Fact>
              <Fact name="Makers of users">{roles?.join(', ') || makers}</Fact>
            </Facts>
            <Missing letter="u" resource="admin/settings" to="change settings" />
          </>
        )}
      </Card>
      <ApplicationKey />
    </Page>
  );
}
