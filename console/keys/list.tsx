/**
 * API keys: one's own, or those of whomever the address names.
 *
 * @module
 */
import { ListPage } from '../app/list-page.tsx';
import { Card, Moment, Name, Soft, State } from '../app/parts.tsx';
import { Leaked } from './leaked.tsx';
import { Power } from './power.tsx';
import { disableKey, type Key, listKeys } from './queries.ts';

export const Keys = () => (
  <ListPage<Key>
    collection="keys"
    title="API keys"
    about="For programs that act for somebody, and never may do more than their owner."
    create={{ label: 'New key', to: 'make a key' }}
    read={listKeys}
    filters={[
      { name: 'owner', label: 'Id of the owner; yours, if empty' },
      { name: 'domain', label: 'Or all of a domain' },
    ]}
    keyOf={({ id }) => id}
    nameOf={({ name }) => name}
    columns={[
      { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
      { label: 'Owner', cell: ({ owner, ownerName }) => <bdi>{ownerName ?? owner}</bdi> },
      { label: 'May do', cell: (key) => <Power of={key} /> },
      { label: 'Calls, about', cell: ({ calls }) => calls?.toLocaleString() ?? '–' },
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
