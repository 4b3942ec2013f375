/**
 * The live sessions of a user or a client, to be ended one by one or all together.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from './api.ts';
import { Confirmed } from './confirm.tsx';
import { Ends } from './ends.tsx';
import { List } from './list.tsx';
import { type May, useMay } from './me.ts';
import { Missing, Row, Soft, Stack } from './parts.tsx';
import {
  endSession,
  OF_SESSIONS,
  SESSION_COLUMNS,
  SESSION_FILTERS,
  type Session,
} from './session-rows.tsx';

type Props = {
  /** Its id; without it, whoever is signed in. */
  subject?: string | undefined;
  name: string;
  /** Whether the address narrows the list. */
  isFiltered?: boolean;
};

export function SubjectSessions({ subject, name, isFiltered = false }: Props) {
  const cache = useQueryClient();
  const may: May = useMay();
  const again = () => void cache.invalidateQueries({ queryKey: ['sessions'] });
  if (!may('r', 'admin/sessions'))
    return <Missing letter="r" resource="admin/sessions" to="see sessions" />;
  const mayEnd = may('d', 'admin/sessions');
  const end = {
    label: 'End',
    about: 'The next call of each is refused.',
    run: endSession,
    onDone: again,
  };
  return (
    <Stack>
      <List<Session>
        {...OF_SESSIONS}
        caption={`Sessions of ${name}`}
        queryKey={['sessions', subject ?? 'own']}
        filters={isFiltered ? SESSION_FILTERS : []}
        read={(asked, signal) => {
          const query = { ...asked, ...(subject && { subject }) };
          return dataOf(api.GET('/admin/api/sessions', { params: { query }, signal }));
        }}
        columns={SESSION_COLUMNS}
        empty={
          <Soft>Nobody is signed in. A session begins with a sign-in, and ends here at once.</Soft>
        }
        commandLine={`npm run latchkey -- session ls ${subject ? `--user ${subject}` : ''}`}
        acts={mayEnd ? [end] : []}
      />
      {mayEnd && subject && (
        <Row>
          <Confirmed
            label="End all sessions"
            title={`End all sessions of ${name}?`}
            act={() => api.DELETE('/admin/api/sessions', { params: { query: { subject } } })}
            onDone={again}
          >
            <Ends of={{ subject }} />
            <p>Every session ends now, and the next call of each is refused. API keys go on.</p>
          </Confirmed>
        </Row>
      )}
      {!mayEnd && <Missing letter="d" resource="admin/sessions" to="end a session" />}
    </Stack>
  );
}
