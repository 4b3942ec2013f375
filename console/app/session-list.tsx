/**
 * Live sessions, to be ended one by one, several at once, or all of somebody's together.
 *
 * @module
 */
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, dataOf } from './api.ts';
import { Confirmed } from './confirm.tsx';
import { Ends } from './ends.tsx';
import { List, type ListProps } from './list.tsx';
import { useMay } from './me.ts';
import { Missing, Row, Soft, Stack } from './parts.tsx';
import { endSession, OF_SESSIONS, type Session } from './session-rows.tsx';

type Of = { subject: string } | { domain: string };
type Props = Pick<ListProps<Session>, 'columns' | 'commandLine' | 'filters'> & {
  name: string;
  /** Whose they are; without it, of whoever is signed in. */
  of?: Of | undefined;
  empty: ReactNode;
  /** The end of all of them. @property typed - To be typed before. */
  all?: { label: string; title: string; typed?: string; about: string };
};

export function SessionList({ name, of, empty, all, ...list }: Props) {
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
        {...list}
        caption={`Sessions of ${name}`}
        queryKey={['sessions', of ? Object.values(of).join() : 'own']}
        read={(asked, signal) => {
          const query = { ...asked, ...of };
          return dataOf(api.GET('/admin/api/sessions', { params: { query }, signal }));
        }}
        empty={<Soft>{empty}</Soft>}
        acts={mayEnd ? [end] : []}
      />
      {mayEnd && of && all && (
        <Row>
          <Confirmed
            label={all.label}
            title={all.title}
            {...(all.typed !== undefined && { typed: all.typed })}
            act={() => api.DELETE('/admin/api/sessions', { params: { query: of } })}
            onDone={() => {
              again();
              // It is another state of whose they are: what is changed next is of that one.
              for (const collection of ['users', 'clients', 'domains'])
                void cache.invalidateQueries({ queryKey: [collection, ...Object.values(of)] });
            }}
          >
            <Ends of={of} />
            <p>{all.about}</p>
          </Confirmed>
        </Row>
      )}
      {!mayEnd && <Missing letter="d" resource="admin/sessions" to="end a session" />}
    </Stack>
  );
}
