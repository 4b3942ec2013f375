/**
 * Who holds a role, whatever they are: each leads to its own page.
 *
 * @module
 */
import { api, dataOf, type Schemas } from '../app/api.ts';
import { List } from '../app/list.tsx';
import { useMay } from '../app/me.ts';
import { Missing, Name, Soft, State, Tag } from '../app/parts.tsx';

type Holder = Schemas['AdminRoleHolder'];

const PLACES: Readonly<Record<Holder['kind'], string>> = {
  user: 'users',
  client: 'clients',
  'api-key': 'keys',
  'domain-token': 'domain-tokens',
};
const SHOWN = ['admin/users', 'admin/clients', 'admin/keys', 'admin/domain-tokens'];

export function Holders({ role }: { role: string }) {
  const may = useMay();
  const missing = SHOWN.find((resource) => !may('r', resource));
  if (missing) return <Missing letter="r" resource={missing} to="see who holds a role" />;
  return (
    <List<Holder>
      caption={`Who holds ${role}`}
      queryKey={['roles', role, 'holders']}
      read={(query, signal) => {
        const params = { path: { id: role }, query };
        return dataOf(api.GET('/admin/api/roles/{id}/holders', { params, signal }));
      }}
      filters={[{ name: 'domain', label: 'Domain' }]}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      hrefOf={({ kind, id }) => `/${PLACES[kind]}/${encodeURIComponent(id)}`}
      nameOf={({ name }) => name}
      columns={[
        { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
        { label: 'Is a', cell: ({ kind }) => <Tag>{kind.replace('-', ' ')}</Tag> },
        { label: 'Domain', cell: ({ domain }) => <bdi>{domain}</bdi> },
        { label: 'State', cell: ({ disabled }) => <State disabled={disabled} /> },
      ]}
      empty={<Soft>Nobody holds this role by name; heirs of it may be held.</Soft>}
      commandLine={`npm run latchkey -- role holders ${role}`}
    />
  );
}
