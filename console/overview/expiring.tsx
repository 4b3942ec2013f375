/**
 * Keys that expire soon: whoever uses one is refused from that moment on.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useMay, useMe } from '../app/me.ts';
import { Loading } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, Name, Soft } from '../app/parts.tsx';
import { domainKeysQuery } from './queries.ts';

const SOON = 30 * 86_400;

export function ExpiringKeys() {
  const may = useMay()('r', 'admin/keys');
  const domain = useMe()?.domain ?? '';
  const { data, error } = useQuery({ ...domainKeysQuery(domain), enabled: may && domain !== '' });
  const now = Date.now() / 1000;
  const soon = (data?.items ?? [])
    .filter(({ expiresAt }) => expiresAt !== undefined && expiresAt < now + SOON)
    .sort((one, other) => (one.expiresAt ?? 0) - (other.expiresAt ?? 0));
  return (
    <Card title="Keys about to expire">
      {!may && <Missing letter="r" resource="admin/keys" to="see keys" />}
      <Failure error={error} />
      {may && !data && !error && <Loading />}
      {data && soon.length === 0 && (
        <Soft>
          None of the keys of <Name>{domain}</Name>
          {data.next && `, of the first ${data.items.length},`} expires within 30 days, or has
          expired.
        </Soft>
      )}
      {soon.length > 0 && (
        <Facts>
          {soon.map(({ id, name, expiresAt }) => (
            <Fact
              key={id}
              name={
                <Link href={`/keys/${encodeURIComponent(id)}`}>
                  <Name>{name}</Name>
                </Link>
              }
            >
              <Moment at={expiresAt} />
            </Fact>
          ))}
        </Facts>
      )}
      <Link href={`/keys?${new URLSearchParams({ domain })}`}>All keys of the domain</Link>
    </Card>
  );
}
