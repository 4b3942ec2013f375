/**
 * API keys: one's own, or those of whomever the address names.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { List } from '../app/list.tsx';
import { useMay } from '../app/me.ts';
import { Page } from '../app/page.tsx';
import { ActionLink, Card, Missing, Moment, Name, Soft, State } from '../app/parts.tsx';
import { Leaked } from './leaked.tsx';
import { disableKey, type Key, listKeys } from './queries.ts';

export function Keys() {
  const may = useMay();
  const cache = useQueryClient();
  const mayCreate = may('c', 'admin/keys');
  return (
    <Page
      title="API keys"
      about="For programs that act for somebody, and never may do more than their owner."
      actions={
        mayCreate && (
          <ActionLink href="/keys/new" look="primary">
            New key
          </ActionLink>
        )
      }
    >
      <List<Key>
        caption="API keys"
        queryKey={['keys']}
        read={listKeys}
        filters={[{ name: 'owner', label: 'Id of the owner; yours, if empty' }]}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/keys/${encodeURIComponent(id)}`}
        nameOf={({ name }) => name}
        columns={[
          { label: 'Name', cell: ({ name }) => <Name>{name}</Name> },
          { label: 'Last used', cell: ({ lastUsed }) => <Moment at={lastUsed} /> },
          { label: 'Expires', cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
          { label: 'State', cell: ({ disabled }) => <State disabled={disabled} /> },
        ]}
        empty={<Soft>There are no keys here. A key lets a program call in its owner's name.</Soft>}
        commandLine="npm run latchkey -- key create --name ci --allow cdr=r"
        acts={
          may('u', 'admin/keys')
            ? [
                {
                  label: 'Disable',
                  about: 'They are refused from their next call on.',
                  run: disableKey,
                  onDone: () => void cache.invalidateQueries({ queryKey: ['keys'] }),
                },
              ]
            : []
        }
      />
      {!mayCreate && <Missing letter="c" resource="admin/keys" to="make a key" />}
      <Card title="A key leaked">
        <Leaked />
      </Card>
    </Page>
  );
}
