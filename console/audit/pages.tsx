/**
 * What happened: who, what, when, from where, and what was before and after.
 *
 * @module
 */
import { useSearchParams } from 'wouter';
import { List } from '../app/list.tsx';
import { useMe } from '../app/me.ts';
import { Page } from '../app/page.tsx';
import { Card, Missing, Name, Note, Soft } from '../app/parts.tsx';
import { Export } from './export.tsx';
import { gapsIn } from './gaps.ts';
import { listEvents } from './queries.ts';
import { Events } from './table.tsx';
import { COLLECTIONS, type Event, TYPES } from './types.ts';

const FILTERS = [
  { name: 'type', label: 'What', options: TYPES },
  { name: 'collection', label: 'Of which collection', options: COLLECTIONS },
  { name: 'target', label: 'To whom or what: its id or name' },
  { name: 'actor', label: 'By whom: an id or an ARN' },
  { name: 'address', label: 'From which address' },
  { name: 'domain', label: 'Domain' },
  { name: 'since', label: 'Since', type: 'datetime-local' },
  { name: 'until', label: 'Until', type: 'datetime-local' },
] as const;
/** With one of these some of a subject's events are left out, so a missing number says nothing. */
const LEAVES_OUT = ['type', 'collection', 'target', 'actor', 'address'];

export function AuditPages() {
  const [params] = useSearchParams();
  const me = useMe();
  const given = FILTERS.map(({ name }) => [name, params.get(name) ?? ''] as const);
  const filters = Object.fromEntries(given.filter(([, value]) => value !== ''));
  const sees: readonly string[] = me?.acl['admin/audit'] ?? [];
  const isWhole =
    (sees.includes('r') || sees.includes('*')) && !LEAVES_OUT.some((name) => filters[name]);
  if (sees.length === 0)
    return <Missing letter="r" resource="admin/audit" to="see what happened" />;
  return (
    <Page
      title="Audit"
      about="What happened, newest first: sign-ins, their ends, and every change."
    >
      <List<Event>
        caption="Audit"
        queryKey={['audit']}
        read={listEvents}
        filters={FILTERS}
        keyOf={({ id }) => id}
        nameOf={({ type, target }) => `${type} ${target}`}
        empty={<Soft>Nothing has happened yet, or nothing that you may see.</Soft>}
        commandLine="npm run latchkey -- audit --since 24h --diff"
        rows={(events) => (
          <>
            {isWhole && <Gaps events={events} />}
            <Events events={events} />
          </>
        )}
      />
      <Card title="Export">
        <Soft>All that match, not only those shown.</Soft>
        <Export filters={filters} />
      </Card>
    </Page>
  );
}

function Gaps({ events }: { events: readonly Event[] }) {
  const gaps = gapsIn(events);
  if (gaps.length === 0) return null;
  return (
    <Note>
      <h3>Numbers are missing</h3>
      <p>
        The events of each subject are numbered without a gap. Of what is shown here, these are not
        there; <code>npm run latchkey -- audit verify</code> holds the exported files against it.
      </p>
      <ul>
        {gaps.map(({ subject, from, to }) => (
          <li key={subject + from}>
            <Name>{subject}</Name>
            {from === to ? `: no. ${from}` : `: no. ${from} to ${to}`}
          </li>
        ))}
      </ul>
    </Note>
  );
}
