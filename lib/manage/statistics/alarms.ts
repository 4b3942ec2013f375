/**
 * The alarms of the deployment, each as it stands. They know no domains either.
 *
 * Units:  as in aws/alarms.ts.
 * Errors: `insufficient_scope` for whoever sees own objects only, `temporarily_unavailable`.
 *
 * @module
 */
import { type Administrator, requireAll } from '../../authority/reach.ts';
import { type Alarm, readAlarms } from '../../aws/alarms.ts';
import type { MetricStore } from '../../aws/metric-store.ts';

/** `names`: as the stack called them, the id in the template between its own name and some letters. */
export type AlarmSource = { metrics: MetricStore; names: readonly string[] };

const OF_STACK = /^latchkey-[a-z0-9-]+?-(\w+Alarm)(?:-\w+)?$/;

/** @returns Those that are up first; by the names that docs/operate.md has. */
export async function listAlarms(
  { metrics, names }: AlarmSource,
  administrator: Administrator,
): Promise<Alarm[]> {
  requireAll(administrator);
  const found = await readAlarms(metrics, names);
  const named = found.map((alarm) => ({
    ...alarm,
    name: OF_STACK.exec(alarm.name)?.[1] ?? alarm.name,
  }));
  const isUp = ({ state }: Alarm) => state === 'alarm';
  return [...named.filter(isUp), ...named.filter((alarm) => !isUp(alarm))];
}
