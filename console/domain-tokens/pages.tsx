/**
 * The pages of domain tokens: credentials of a whole domain, each with a role.
 *
 * @module
 */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, dataOf, onlyIf, type Schemas, seenOf } from '../app/api.ts';
import { Collection } from '../app/collection.tsx';
import { ListPage } from '../app/list-page.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, Name, Soft, State } from '../app/parts.tsx';
import { Switched } from '../app/switched.tsx';
import { NewDomainToken } from './new.tsx';

type Token = Schemas['AdminDomainToken'];

const tokenQuery = (id: string) =>
  queryOptions({
    queryKey: ['domain-tokens', id],
    queryFn: ({ signal }) =>
      seenOf(api.GET('/admin/api/domain-tokens/{id}', { params: { path: { id } }, signal })),
  });

const DomainTokens = () => (
  <ListPage<Token>
    collection="domain-tokens"
    title="Domain tokens"
    about="Credentials of a domain itself, for programs that serve it."
    create={{ label: 'New token', to: 'make a token' }}
    read={(query, signal) =>
      dataOf(api.GET('/admin/api/domain-tokens', { params: { query }, signal }))
    }
    filters={[{ name: 'domain', label: 'Domain; yours, if empty' }]}
    keyOf={({ id }) => id}
    nameOf={({ id }) => id}
    columns={[
      { label: 'Id', cell: ({ id }) => <Name>{id}</Name> },
      { label: 'Domain', cell: ({ domain }) => domain },
      { label: 'Role', cell: ({ role }) => <bdi>{role}</bdi> },
      { label: 'Expires', cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
      { label: 'State', cell: ({ disabled }) => <State disabled={disabled} /> },
    ]}
    empty={<Soft>This domain has no tokens. A token calls as the domain, with one role.</Soft>}
    commandLine="npm run latchkey -- domain-token create --role user --expires 2030-01-31"
  />
);

function DomainTokenPage({ id }: { id: string }) {
  const [, go] = useLocation();
  const cache = useQueryClient();
  const may = useMay();
  const { data, error } = useQuery(tokenQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const again = () => cache.invalidateQueries({ queryKey: ['domain-tokens'] });
  const { thing: token, etag } = data;
  return (
    <Page title={`Token of ${token.domain}`}>
      <Card title="At a glance">
        <Facts>
          <Fact name="Id">
            <code>{token.id}</code>
          </Fact>
          <Fact name="Role">
            <bdi>{token.role}</bdi>
          </Fact>
          <Fact name="State">
            <State disabled={token.disabled} />
          </Fact>
          <Fact name="Created">
            <Moment at={token.createdAt} />
          </Fact>
          <Fact name="Expires">
            <Moment at={token.expiresAt} />
          </Fact>
        </Facts>
        <Switched
          what="this token"
          disabled={token.disabled}
          mayChange={may('u', 'admin/domain-tokens')}
          mayDelete={may('d', 'admin/domain-tokens')}
          change={async (disabled) => {
            const params = { path: { id }, header: onlyIf(etag) };
            await api.PATCH('/admin/api/domain-tokens/{id}', { params, body: { disabled } });
            await again();
          }}
          remove={() => api.DELETE('/admin/api/domain-tokens/{id}', { params: { path: { id } } })}
          onRemoved={() => {
            cache.removeQueries({ queryKey: ['domain-tokens', id] });
            void again();
            go('/domain-tokens');
          }}
        />
        {!may('u', 'admin/domain-tokens') && (
          <Missing letter="u" resource="admin/domain-tokens" to="switch a token off" />
        )}
      </Card>
    </Page>
  );
}

export const DomainTokenPages = () => (
  <Collection
    at="/domain-tokens"
    list={<DomainTokens />}
    create={<NewDomainToken />}
    one={(id) => <DomainTokenPage key={id} id={id} />}
  />
);
