/**
 * The clients of a domain: applications, and API user names.
 *
 * @module
 */
import { ListPage } from '../app/list-page.tsx';
import { Name, Names, Soft, State } from '../app/parts.tsx';
import { useRoleNames } from '../app/role-names.ts';
import { STATES } from '../app/state.ts';
import { type Client, changeClient, listClients, readClient } from './queries.ts';

async function disable({ id }: Client): Promise<void> {
  const { etag } = await readClient(id);
  await changeClient(id, { disabled: true }, etag);
}

export const Clients = () => <Listed roles={useRoleNames()} />;

const Listed = ({ roles }: { roles: readonly string[] }) => (
  <ListPage<Client>
    collection="clients"
    title="Clients"
    about="Applications that sign people in or act for themselves; an API user name is one."
    create={{ label: 'New client', to: 'make a client' }}
    read={listClients}
    filters={[
      { name: 'prefix', label: 'Id begins with' },
      { name: 'domain', label: 'Domain' },
      { name: 'role', label: 'Role', options: roles },
      { name: 'state', label: 'State', options: STATES },
      { name: 'check', label: 'Check', options: ['scopes'] },
    ]}
    keyOf={({ id }) => id}
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
    disable={{ about: 'Every token of them is refused from now on.', run: disable }}
  />
);
