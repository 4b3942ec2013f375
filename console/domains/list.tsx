/**
 * The domains of the deployment, and a new one.
 *
 * @module
 */
import { ListPage } from '../app/list-page.tsx';
import { NewPage } from '../app/new-page.tsx';
import { Name, Soft, State } from '../app/parts.tsx';
import { createDomain, type Domain, listDomains } from './queries.ts';

export const Domains = () => (
  <ListPage<Domain>
    collection="domains"
    title="Domains"
    about="Each has its own users, clients and administrators, who see nothing of another."
    create={{ label: 'New domain', to: 'make a domain' }}
    read={listDomains}
    keyOf={({ name }) => name}
    nameOf={({ name }) => name}
    columns={[
      { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
      { label: 'Passwords', cell: ({ passwords }) => passwords },
      { label: 'State', cell: ({ disabled }) => <State disabled={disabled} /> },
    ]}
    empty={<Soft>There are no domains. Users and clients belong to one.</Soft>}
    commandLine="npm run latchkey -- domain create example.com"
  />
);

export const NewDomain = () => (
  <NewPage
    collection="domains"
    title="New domain"
    heading="Domain"
    specs={[
      {
        name: 'name',
        label: 'Name',
        kind: 'text',
        required: true,
        hint: 'As in example.com.',
      },
    ]}
    label="Create domain"
    make={createDomain}
    idOf={({ name }) => name}
  />
);
