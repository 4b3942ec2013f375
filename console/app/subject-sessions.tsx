/**
 * The live sessions of a user or a client, to be ended one by one or all together.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from './api.ts';
import { Confirmed } from './confirm.tsx';
import { List } from './list.tsx';
import { type May, useMay } from './me.ts';
import { Missing, Moment, Row, Soft, Stack, Tag } from './parts.tsx';

type Session = Schemas['AdminSession'];

const endOne = ({ id }: Session) =>
  api.DELETE('/admin/api/sessions/{id}', { params: { path: { id } } });

/** @param subject - Its id; without it, whoever is signed in. */
export function SubjectSessions({ subject, name }: { subject?: string | undefined; name: string }) {
  const cache = useQueryClient();
  const may: May = useMay();
  const again = () => void cache.invalidateQueries({ queryKey: ['sessions'] });
  if (!may('r', 'admin/sessions'))
    return <Missing letter="r" resource="admin/sessions" to="see sessions" />;
  const mayEnd = may('d', 'admin/sessions');
  return (
    <Stack>
      <List<Session>
        caption={`Sessions of ${name}`}
        queryKey={['sessions', subject ?? 'own']}
        read={({ cursor }, signal) => {
          const query = { ...(subject && { subject }), ...(cursor && { cursor }) };
          return dataOf(api.GET('/admin/api/sessions', { params: { query }, signal }));
        }}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/sessions/${encodeURIComponent(id)}`}
        nameOf={({ kind, client, id }) => `${kind} ${client} ${id.slice(-8)}`}
        columns={[
          { label: 'Kind', cell: ({ kind }) => kind.replaceAll(/[_-]/g, ' ') },
          {
            label: 'Client',
            cell: ({ client, current }) => <Where client={client} current={current} />,
          },
          { label: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} /> },
          { label: 'Until', cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
          { label: 'Address', cell: ({ ip }) => ip ?? '–' },
        ]}
        empty={
          <Soft>Nobody is signed in. A session begins with a sign-in, and ends here at once.</Soft>
        }
        commandLine={`npm run latchkey -- session ls ${subject ? `--subject ${subject}` : ''}`}
        acts={
          mayEnd
            ? [
                {
                  label: 'End',
                  about: 'The next call of each is refused.',
                  run: endOne,
                  onDone: again,
                },
              ]
            : []
        }
      />
      {mayEnd && subject && (
        <Row>
          <Confirmed
            label="End all sessions"
            title={`End all sessions of ${name}?`}
            act={() => api.DELETE('/admin/api/sessions', { params: { query: { subject } } })}
            onDone={again}
          >
            <p>Every session ends now, and the next call of each is refused. API keys go on.</p>
          </Confirmed>
        </Row>
      )}
      {!mayEnd && <Missing letter="d" resource="admin/sessions" to="end a session" />}
    </Stack>
  );
}

const Where = ({ client, current }: { client: string; current: boolean }) => (
  <>
    <bdi>{client}</bdi> {current && <Tag>this one</Tag>}
  </>
);
