/**
 * API keys: one's own, or those of whomever the address names.
 *
 * @module
 */
import { ListPage } from '../app/list-page.tsx';
import { Card, Moment, Name, Soft, State } from '../app/parts.tsx';
import { Leaked } from './leaked.tsx';
import { disableKey, type Key, listKeys } from './queries.ts';

export const Keys = () => (
  <ListPage<Key>
    collection="keys"
    title="API keys"
    about="For programs that act for somebody, and never may do more than their owner."
    create={{ label: 'New key', to: 'make a key' }}
    read={listKeys}
    filters={[{ name: 'owner', label: 'Id of the owner; yours, if empty' }]}
    keyOf={({ id }) => id}
    nameOf={({ name }) => name}
    columns={[
      { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
      { label: 'Last used', cell: ({ lastUsed }) => <Moment at={lastUsed} /> },
      { label: 'Expires', cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
      { label: 'State', cell: ({ disabled }) => <State disabled={disabled} /> },
    ]}
    empty={<Soft>There are no keys here. A key lets a program call in its owner's name.</Soft>}
    commandLine="npm run latchkey -- key create --name ci --allow cdr=r"
    disable={{ about: 'They are refused from their next call on.', run: disableKey }}
  >
    <Card title="A key leaked">
      <Leaked />
    </Card>
  </ListPage>
);
