/**
 * The clients of a domain: applications, and API user names.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { List } from '../app/list.tsx';
import { useMay } from '../app/me.ts';
import { Page } from '../app/page.tsx';
import { ActionLink, Missing, Name, Names, Soft, State } from '../app/parts.tsx';
import { type Client, changeClient, listClients, readClient } from './queries.ts';

async function disable({ id }: Client): Promise<void> {
  const { etag } = await readClient(id);
  await changeClient(id, { disabled: true }, etag);
}

export function Clients() {
  const may = useMay();
  const cache = useQueryClient();
  const mayCreate = may('c', 'admin/clients');
  return (
    <Page
      title="Clients"
      about="Applications that sign people in or act for themselves; an API user name is one."
      actions={
        mayCreate && (
          <ActionLink href="/clients/new" look="primary">
            New client
          </ActionLink>
        )
      }
    >
      <List<Client>
        caption="Clients"
        queryKey={['clients']}
        read={listClients}
        filters={[
          { name: 'domain', label: 'Domain' },
          { name: 'check', label: 'Check', options: ['scopes'] },
        ]}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/clients/${encodeURIComponent(id)}`}
        nameOf={({ id }) => id}
        columns={[
          { label: 'Id', cell: ({ id }) => <Name>{id}</Name> },
          { label: 'Name', cell: ({ name }) => <bdi>{name}</bdi> },
          { label: 'Domain', cell: ({ domain }) => domain },
          { label: 'Grants', cell: ({ grants }) => <Names names={grants} /> },
          { label: 'State', cell: ({ disabled }) => <State disabled={disabled} /> },
        ]}
        empty={<Soft>There are no clients yet. A client is an application, or a program.</Soft>}
        commandLine="npm run latchkey -- client create backend --name Backend --role api"
        acts={
          may('u', 'admin/clients')
            ? [
                {
                  label: 'Disable',
                  about: 'Every token of them is refused from now on.',
                  run: disable,
                  onDone: () => void cache.invalidateQueries({ queryKey: ['clients'] }),
                },
              ]
            : []
        }
      />
      {!mayCreate && <Missing letter="c" resource="admin/clients" to="make a client" />}
    </Page>
  );
}
