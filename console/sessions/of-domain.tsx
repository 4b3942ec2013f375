/**
 * The live sessions of a whole domain, whoever they belong to.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { api, dataOf } from '../app/api.ts';
import { Confirmed } from '../app/confirm.tsx';
import { Ends } from '../app/ends.tsx';
import { List } from '../app/list.tsx';
import { useMay } from '../app/me.ts';
import { Missing, Row, Soft, Stack } from '../app/parts.tsx';
import {
  endSession,
  OF_SESSIONS,
  OWNED_COLUMNS,
  SESSION_FILTERS,
  type Session,
} from '../app/session-rows.tsx';

export function DomainSessions() {
  const [params] = useSearchParams();
  const domain = params.get('domain') ?? '';
  const cache = useQueryClient();
  const may = useMay();
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
        caption={`Sessions of ${domain}`}
        queryKey={['sessions', 'domain']}
        filters={SESSION_FILTERS}
        read={(query, signal) =>
          dataOf(api.GET('/admin/api/sessions', { params: { query }, signal }))
        }
        columns={OWNED_COLUMNS}
        empty={<Soft>Nobody of this domain is signed in.</Soft>}
        commandLine={`npm run latchkey -- session ls --in ${domain}`}
        acts={mayEnd ? [end] : []}
      />
      {mayEnd ? (
        <Row>
          <Confirmed
            label="Sign everybody out"
            title={`Sign everybody in ${domain} out?`}
            typed={domain}
            act={() => api.DELETE('/admin/api/sessions', { params: { query: { domain } } })}
            onDone={again}
          >
            <Ends of={{ domain }} />
            <p>Every session of the domain ends now, your own included if it is yours.</p>
          </Confirmed>
        </Row>
      ) : (
        <Missing letter="d" resource="admin/sessions" to="end a session" />
      )}
    </Stack>
  );
}
