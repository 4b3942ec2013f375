/**
 * What happened in the whole deployment, counted by the hour: sign-ins, refusals by reason, ends of sessions.
 *
 * Metrics know no domains, so whoever may see these sees something of all of them.
 *
 * Units:  from and to are epoch seconds, whole hours of UTC; the last hour is the one that runs.
 * Errors: `insufficient_scope` for whoever sees own objects only, `temporarily_unavailable`.
 *
 * @module
 */
import { type Administrator, requireAll } from '../../authority/reach.ts';
import { type ByHour, type Hours, type MetricStore, readByHour } from '../../aws/metric-store.ts';
import type { Instant } from '../../time.ts';
import { SERIES } from './series.ts';

/** `by`: a route, a rule, or a type of event. `counts`: one an hour, from `from` on. */
type Counted = { by: string; counts: number[] };
export type Statistics = Record<keyof typeof SERIES, Counted[]> & Hours;

export const SPANS = ['24h', '7d'] as const;
type Span = (typeof SPANS)[number];
const HOURS: Readonly<Record<Span, number>> = { '24h': 24, '7d': 7 * 24 };
const HOUR = 3600;

/** @returns Only what was counted at all. */
export async function readStatistics(
  metrics: MetricStore,
  administrator: Administrator,
  span: Span,
  now: Instant,
): Promise<Statistics> {
  requireAll(administrator);
  const to = (Math.floor(now / HOUR) + 1) * HOUR;
  const hours = { from: to - HOURS[span] * HOUR, to };
  const wanted = Object.entries(SERIES).flatMap(([series, all]) =>
    all.map((one) => ({ series, ...one })),
  );
  const found = await readByHour(
    metrics,
    wanted.map(({ metric }) => metric),
    hours,
  );
  const counted = wanted.map(({ series, by }, index) => ({
    series,
    by,
    counts: countsOf(found[index], hours),
  }));
  const seen = counted.filter(({ counts }) => counts.some((count) => count > 0));
  const seriesOf = (name: keyof typeof SERIES) =>
    seen.filter(({ series }) => series === name).map(({ by, counts }) => ({ by, counts }));
  return {
    ...hours,
    signIns: seriesOf('signIns'),
    signInsRefused: seriesOf('signInsRefused'),
    callsAllowed: seriesOf('callsAllowed'),
    callsRefused: seriesOf('callsRefused'),
    sessionsEnded: seriesOf('sessionsEnded'),
  };
}

const countsOf = (found: ByHour | undefined, { from, to }: Hours): number[] =>
  Array.from({ length: (to - from) / HOUR }, (_, hour) => found?.get(from + hour * HOUR) ?? 0);
