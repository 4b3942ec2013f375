/**
 * The newest events that whoever is signed in may see: of the own domain, or of all.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useMay } from '../app/me.ts';
import { Loading } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, Name, Soft } from '../app/parts.tsx';
import { latelyQuery } from './queries.ts';

export function Lately() {
  const may = useMay()('r', 'admin/audit');
  const { data, error } = useQuery({ ...latelyQuery, enabled: may });
  return (
    <Card title="Lately">
      {!may && <Missing letter="r" resource="admin/audit" to="see what happened" />}
      <Failure error={error} />
      {may && !data && !error && <Loading />}
      {data?.items.length === 0 && <Soft>Nothing has happened yet.</Soft>}
      {data && data.items.length > 0 && (
        <Facts>
          {data.items.map(({ id, at, type, actor }) => (
            <Fact key={id} name={<Moment at={at} />}>
              <Link href={`/audit?type=${encodeURIComponent(type)}`}>{type}</Link>
              {actor.username && (
                <>
                  {' by '}
                  <Name>{actor.username}</Name>
                </>
              )}
            </Fact>
          ))}
        </Facts>
      )}
      <Link href="/audit">All that happened</Link>
    </Card>
  );
}
