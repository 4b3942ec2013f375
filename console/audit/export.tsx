/**
 * All events that match as one file: JSON by line, or a table.
 *
 * @module
 */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Filters } from '../app/list.tsx';
import { Action, Done, Failure, Row } from '../app/parts.tsx';
import { csvOf, linesOf } from './csv.ts';
import { allEvents, MOST } from './queries.ts';
import type { Event } from './types.ts';

type Format = { type: string; ending: string; textOf: (events: readonly Event[]) => string };
const LINES: Format = { type: 'application/x-ndjson', ending: 'ndjson', textOf: linesOf };
const CSV: Format = { type: 'text/csv;charset=utf-8', ending: 'csv', textOf: csvOf };

export function Export({ filters }: { filters: Filters }) {
  const [read, setRead] = useState(0);
  const exporting = useMutation({
    mutationFn: async (format: Format) => {
      setRead(0);
      const { events, more } = await allEvents(filters, setRead);
      save(format.textOf(events), format);
      return { count: events.length, more };
    },
  });
  const { data, error, isPending, mutate } = exporting;
  return (
    <>
      <Row>
        <Action onPress={() => mutate(LINES)} isDisabled={isPending}>
          Export JSON lines
        </Action>
        <Action onPress={() => mutate(CSV)} isDisabled={isPending}>
          Export CSV
        </Action>
        {isPending && <span role="status">{`${read} read…`}</span>}
      </Row>
      {data && (
        <Done>
          {data.more
            ? `The newest ${data.count} are in the file; there are more than ${MOST}. Ask for less time.`
            : `${data.count} events are in the file.`}
        </Done>
      )}
      <Failure error={error} />
    </>
  );
}

function save(text: string, { type, ending }: Format): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `audit-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${ending}`;
  link.click();
  // Not before the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
