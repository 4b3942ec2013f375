/**
 * What a user has agreed that applications may do in their name, and taking it back.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../app/api.ts';
import { List } from '../app/list.tsx';
import { useMay } from '../app/me.ts';
import { Missing, Moment, Name, Names, Soft, Stack } from '../app/parts.tsx';

type Consent = Schemas['AdminConsent'];

export function Consents({ user, name }: { user: string; name: string }) {
  const cache = useQueryClient();
  const mayWithdraw = useMay()('d', 'admin/users');
  const place = { path: { id: user } };
  const again = () => {
    void cache.invalidateQueries({ queryKey: ['users', user, 'consents'] });
    void cache.invalidateQueries({ queryKey: ['sessions'] });
  };
  return (
    <Stack>
      <List<Consent>
        caption={`Applications that have access of ${name}`}
        queryKey={['users', user, 'consents']}
        read={({ cursor }, signal) => {
          const params = { ...place, query: cursor ? { cursor } : {} };
          return dataOf(api.GET('/admin/api/users/{id}/consents', { params, signal }));
        }}
        keyOf={({ client }) => client}
        hrefOf={({ client }) => `/clients/${encodeURIComponent(client)}`}
        nameOf={({ client }) => client}
        columns={[
          { label: 'Application', cell: ({ client, name: of }) => <Name>{of ?? client}</Name> },
          { label: 'May', cell: ({ scopes }) => <Names names={scopes} /> },
          { label: 'Since', cell: ({ grantedAt }) => <Moment at={grantedAt} /> },
          { label: 'Until', cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
        ]}
        empty={
          <Soft>
            No application may act in the name of this user. One is here once the user has agreed to
            it at the sign-in.
          </Soft>
        }
        commandLine={`npm run latchkey -- user consents ${name}`}
        acts={
          mayWithdraw
            ? [
                {
                  label: 'Withdraw',
                  about:
                    'Each is refused at its next call in the name of this user, and has to ask anew.',
                  run: ({ client }) =>
                    api.DELETE('/admin/api/users/{id}/consents', {
                      params: { ...place, query: { client } },
                    }),
                  onDone: again,
                },
              ]
            : []
        }
      />
      {!mayWithdraw && <Missing letter="d" resource="admin/users" to="take access back" />}
    </Stack>
  );
}
