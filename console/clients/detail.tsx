/**
 * One client: its settings, its secrets, its sessions, and how it is used.
 *
 * @module
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Seen } from '../app/api.ts';
import { Deletion } from '../app/deletion.tsx';
import { Ends } from '../app/ends.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, Names, Soft, State } from '../app/parts.tsx';
import { Renewal } from '../app/renewal.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { SubjectSessions } from '../app/subject-sessions.tsx';
import { ThingForm } from '../app/thing-form.tsx';
import { clientFields } from './fields.ts';
import { HowTo } from './how-to.tsx';
import {
  type Client,
  changeClient,
  clientQuery,
  deleteClient,
  readClient,
  renewSecret,
} from './queries.ts';

export function ClientPage({ id }: { id: string }) {
  const { data, error } = useQuery(clientQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  return <Shown seen={data} />;
}

function Shown({ seen }: { seen: Seen<Client> }) {
  const client = seen.thing;
  const { id, name } = client;
  const mayChange = useMay()('u', 'admin/clients');
  const roles = useRoleNames();
  return (
    <Page title={name} target={id}>
      <Card title="At a glance">
        <About client={client} />
      </Card>
      {mayChange ? (
        <Card title="Settings">
          <ThingForm
            collection="clients"
            id={id}
            seen={seen}
            specs={clientFields(roles)}
            save={changeClient}
            reload={readClient}
          />
        </Card>
      ) : (
        <Missing letter="u" resource="admin/clients" to="change a client" />
      )}
      <Secrets client={client} />
      <Card title="Its own sessions">
        <SubjectSessions subject={id} name={name} />
      </Card>
      <Card title="How to use it">
        <HowTo client={client} />
      </Card>
      <Deletion
        collection="clients"
        noun="client"
        id={id}
        title={`Delete ${name}?`}
        remove={deleteClient}
      >
        <Ends of={{ subject: id }} keys />
        <p>
          It goes for good, with every session and key of it; its users have to sign in elsewhere.
        </p>
      </Deletion>
    </Page>
  );
}

const About = ({ client }: { client: Client }) => (
  <Facts>
    <Fact name="Id">
      <code>{client.id}</code>
    </Fact>
    <Fact name="Domain">{client.domain}</Fact>
    <Fact name="For users of">
      <Names names={client.domains ?? [client.domain]} />
    </Fact>
    <Fact name="Proves itself by">{client.authentication}</Fact>
    <Fact name="Grants">
      <Names names={client.grants} />
    </Fact>
    <Fact name="State">
      <State disabled={client.disabled} />
    </Fact>
    <Fact name="Changed">
      <Moment at={client.updatedAt} />
    </Fact>
  </Facts>
);

function Secrets({ client: { id, authentication, secrets } }: { client: Client }) {
  const cache = useQueryClient();
  const mayRenew = useMay()('c', 'admin/clients');
  if (authentication !== 'secret') return null;
  return (
    <Card title="Secret (API password)">
      <Soft>
        {secrets.length === 1 ? 'One secret works.' : `${secrets.length} secrets work.`} None is
        shown again.
      </Soft>
      {mayRenew ? (
        <Renewal
          what="the secret"
          renew={async (overlap) => (await renewSecret(id, overlap)).secret ?? ''}
          onDone={() => void cache.invalidateQueries({ queryKey: ['clients'] })}
        />
      ) : (
        <Missing letter="c" resource="admin/clients" to="make a new secret" />
      )}
    </Card>
  );
}
