/**
 * An event bus: what is put there reaches whoever has made a rule for it. The only module that knows
 * the EventBridge SDK.
 *
 * Errors: `temporarily_unavailable` when EventBridge did not answer; an entry that it did not take is an
 *         answer.
 *
 * @module
 * @see EventBridge API Reference, PutEvents: at most 10 entries and 256 KB, each taken or not by itself
 */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { unavailable } from '../errors.ts';

export type Bus = { client: EventBridgeClient; name: string };
export type BusEntry = {
  source: string;
  /** `detail-type`, by which rules choose. */
  type: string;
  detail: object;
  at: Date;
};

const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};

export const connectBus = (name: string): Bus => ({ name, client: new EventBridgeClient(LIMITS) });

const MOST = 10;
/** Below 262,144, so that what EventBridge adds of its own fits too. */
const MOST_BYTES = 240_000;

/** @returns Why each was not taken, in their order; `undefined` for one that was. */
export async function putEntries(
  { client, name }: Bus,
  entries: readonly BusEntry[],
): Promise<(string | undefined)[]> {
  const outcomes: (string | undefined)[] = [];
  for (const part of inParts(entries.map((entry) => wireOf(entry, name)))) {
    const answer = await client
      .send(new PutEventsCommand({ Entries: part }))
      .catch((error: Error) => {
        throw unavailable(`EventBridge: ${error.name || 'no answer'}`, error);
      });
    const results = answer.Entries ?? [];
    outcomes.push(
      ...part.map((_, index) =>
        results[index]?.EventId ? undefined : (results[index]?.ErrorCode ?? 'no answer'),
      ),
    );
  }
  return outcomes;
}

const wireOf = ({ source, type, detail, at }: BusEntry, EventBusName: string) => ({
  EventBusName,
  Source: source,
  DetailType: type,
  Detail: JSON.stringify(detail),
  Time: at,
});
type Wire = ReturnType<typeof wireOf>;

function inParts(entries: readonly Wire[]): Wire[][] {
  const parts: Wire[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail);
    const last = parts.at(-1);
    if (last && last.length < MOST && bytes + size <= MOST_BYTES) last.push(entry);
    else parts.push([entry]);
    bytes = last === parts.at(-1) ? bytes + size : size;
  }
  return parts;
}
