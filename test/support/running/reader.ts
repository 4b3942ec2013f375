/**
 * The reader of the events' stream, for a service in one process: it is handed the events that functions have
 * written since, out of the requests that they made.
 */
import type { EventRecord } from '../../../lib/store/events/records.ts';
import type { Request } from './proxy.ts';

type Written = { TableName: string; Item: Record<string, { S?: string }> };
type Reader = (event: { Records: EventRecord[] }) => Promise<unknown>;

/** @returns What hands them to it, each once, and waits for it. */
export function eventReader(requests: readonly Request[], table: string, read: Reader) {
  const seen = new WeakSet<Request>();
  let count = 0;

  const recordOf = ({ Item }: Written) => ({
    eventSource: 'aws:dynamodb',
    eventName: 'INSERT',
    dynamodb: {
      Keys: { pk: Item['pk'] ?? {}, sk: Item['sk'] ?? {} },
      SequenceNumber: String(++count),
    },
  });

  return async (): Promise<void> => {
    const fresh = requests.filter((request) => !seen.has(request));
    for (const request of fresh) seen.add(request);
    const records = fresh
      .flatMap(writtenBy)
      .filter(({ TableName, Item }) => TableName === table && Item['pk']?.S?.startsWith('events#'))
      .map(recordOf);
    if (records.length > 0) await read({ Records: records });
  };
}

function writtenBy({ action, body }: Request): Written[] {
  if (action === 'PutItem') return [body as unknown as Written];
  if (action !== 'TransactWriteItems') return [];
  const items = body['TransactItems'] as { Put?: Written }[];
  return items.flatMap(({ Put }) => (Put ? [Put] : []));
}
