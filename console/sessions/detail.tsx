/**
 * One session: whose it is, from where, and its end.
 *
 * @module
 */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { api, dataOf } from '../app/api.ts';
import { Confirmed } from '../app/confirm.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Moment, Row } from '../app/parts.tsx';

const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ['sessions', id],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/admin/api/sessions/{id}', { params: { path: { id } }, signal })),
  });

export function SessionPage({ id }: { id: string }) {
  const { data, error } = useQuery(sessionQuery(id));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  return (
    <Page title={`Session of ${data.username}`}>
      <Card title="At a glance">
        <Facts>
          <Fact name="Id">
            <code>{data.id}</code>
          </Fact>
          <Fact name="Of">
            <Link href={`/sessions?subject=${encodeURIComponent(data.subject)}`}>
              <bdi>{data.username}</bdi>
            </Link>
          </Fact>
          <Fact name="Kind">{data.kind}</Fact>
          <Fact name="Client">
            <bdi>{data.client}</bdi>
          </Fact>
          <Fact name="Scope">{data.scope ?? 'all that the user may'}</Fact>
          <Fact name="Since">
            <Moment at={data.createdAt} />
          </Fact>
          <Fact name="Until">
            <Moment at={data.expiresAt} />
          </Fact>
          <Fact name="Address">{data.ip ?? '–'}</Fact>
          <Fact name="Browser or program">
            <bdi>{data.userAgent ?? '–'}</bdi>
          </Fact>
        </Facts>
      </Card>
      <Ending id={id} subject={data.subject} />
    </Page>
  );
}

function Ending({ id, subject }: { id: string; subject: string }) {
  const [, go] = useLocation();
  const cache = useQueryClient();
  if (!useMay()('d', 'admin/sessions'))
    return <Missing letter="d" resource="admin/sessions" to="end a session" />;
  return (
    <Row>
      <Confirmed
        label="End session"
        title="End this session?"
        act={() => api.DELETE('/admin/api/sessions/{id}', { params: { path: { id } } })}
        onDone={() => {
          void cache.invalidateQueries({ queryKey: ['sessions'] });
          go(`/sessions?subject=${encodeURIComponent(subject)}`);
        }}
      >
        <p>Its next call is refused, and so is that of every session that was opened within it.</p>
      </Confirmed>
    </Row>
  );
}
