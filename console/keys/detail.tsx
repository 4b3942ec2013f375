/**
 * One API key: whose it is, what it may do, its secret and its end.
 *
 * @module
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, Names, State } from '../app/parts.tsx';
import { Renewal } from '../app/renewal.tsx';
import { Switched } from '../app/switched.tsx';
import { linesOf } from './acl.ts';
import { Left } from './power.tsx';
import { deleteKey, type Key, keyQuery, renewKey, switchKey } from './queries.ts';

export function KeyPage({ id }: { id: string }) {
  const [, go] = useLocation();
  const cache = useQueryClient();
  const may = useMay();
  const { data, error } = useQuery(keyQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const again = () => cache.invalidateQueries({ queryKey: ['keys'] });
  const { thing: key, etag } = data;
  return (
    <Page title={key.name}>
      <Card title="At a glance">
        <About of={key} />
        <Switched
          what={`the key ${key.name}`}
          disabled={key.disabled}
          mayChange={may('u', 'admin/keys')}
          mayDelete={may('d', 'admin/keys')}
          change={async (disabled) => {
            await switchKey(id, disabled, etag);
            await again();
          }}
          remove={() => deleteKey(id)}
          onRemoved={() => {
            cache.removeQueries({ queryKey: ['keys', id] });
            void again();
            go(`/keys?owner=${encodeURIComponent(key.owner)}`);
          }}
        />
        {!may('u', 'admin/keys') && (
          <Missing letter="u" resource="admin/keys" to="switch a key off" />
        )}
      </Card>
      <Card title="Secret">
        {may('c', 'admin/keys') ? (
          <Renewal
            what="the key"
            renew={async (overlap) => (await renewKey(id, overlap)).key}
            onDone={() => void again()}
          />
        ) : (
          <Missing letter="c" resource="admin/keys" to="make a new secret" />
        )}
      </Card>
    </Page>
  );
}

const About = ({ of: key }: { of: Key }) => (
  <Facts>
    <Fact name="Id">
      <code>{key.id}</code>
    </Fact>
    <Fact name="Owner">
      <Link href={`/keys?owner=${encodeURIComponent(key.owner)}`}>
        <bdi>{key.ownerName ?? key.owner}</bdi>
      </Link>
    </Fact>
    <Fact name="State">
      <State disabled={key.disabled} />
    </Fact>
    <Fact name="Was given">
      {key.acl ? <Names names={linesOf(key.acl)} /> : 'what its owner may, or its roles say'}
    </Fact>
    <Fact name="What is left">
      <Left of={key} />
    </Fact>
    {key.roles && (
      <Fact name="Roles">
        <Names names={key.roles} />
      </Fact>
    )}
    <Fact name="Last used">
      <Moment at={key.lastUsed} />
    </Fact>
    <Fact name="Calls, about">{key.calls?.toLocaleString() ?? '–'}</Fact>
    <Fact name="Expires">
      <Moment at={key.expiresAt} />
    </Fact>
    <Fact name="Created">
      <Moment at={key.createdAt} />
    </Fact>
  </Facts>
);
