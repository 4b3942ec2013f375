/**
 * Which metrics a line of a log counts: those that it names itself (embedded metric format), and those of
 * the template's metric filters on its log group.
 *
 * @module
 * @see CloudWatch User Guide, "Specification: Embedded metric format"
 */
import * as v from 'valibot';
import type { Stack } from '../template.ts';
import type { Point } from './counts.ts';
import { matchesPattern } from './filter-pattern.ts';

export type Line = { group: string; members: Readonly<Record<string, unknown>>; at: number };
export type Filter = { group: string; pattern: string; transformations: Transformation[] };

const Transformation = v.object({
  MetricNamespace: v.string(),
  MetricName: v.string(),
  /** A number, or the member that has it: `$.member`. */
  MetricValue: v.pipe(v.string(), v.regex(/^(\d+|\$\.\w+)$/)),
  Dimensions: v.optional(v.array(v.object({ Key: v.string(), Value: v.string() })), []),
});
type Transformation = v.InferOutput<typeof Transformation>;
const Properties = v.object({
  LogGroupName: v.string(),
  FilterPattern: v.string(),
  MetricTransformations: v.array(Transformation),
});

export const filtersOf = (stack: Stack): Filter[] =>
  stack.ofType('AWS::Logs::MetricFilter').map((id) => {
    const properties = v.parse(Properties, stack.properties(id));
    const { LogGroupName: group, FilterPattern: pattern } = properties;
    return { group, pattern, transformations: properties.MetricTransformations };
  });

export const pointsOf = (filters: readonly Filter[], line: Line): Point[] => [
  ...embedded(line),
  ...filters.flatMap((filter) => filtered(filter, line)),
];

function filtered({ group, pattern, transformations }: Filter, line: Line): Point[] {
  if (group !== line.group || !matchesPattern(pattern, JSON.stringify(line.members))) return [];
  return transformations.map(({ MetricNamespace, MetricName, MetricValue, Dimensions }) => ({
    namespace: MetricNamespace,
    name: MetricName,
    dimensions: Object.fromEntries(
      Dimensions.map(({ Key, Value }) => [Key, String(saidBy(Value, line))]),
    ),
    values: [Number(saidBy(MetricValue, line))],
    at: line.at,
  }));
}

const saidBy = (text: string, { members }: Line): unknown =>
  text.startsWith('$.') ? members[text.slice(2)] : text;

const Embedded = v.object({
  Timestamp: v.number(),
  CloudWatchMetrics: v.array(
    v.object({
      Namespace: v.string(),
      Dimensions: v.array(v.array(v.string())),
      Metrics: v.array(v.object({ Name: v.string() })),
    }),
  ),
});

function embedded({ members }: Line): Point[] {
  const told = v.safeParse(Embedded, members['_aws']);
  if (!told.success) return [];
  const { Timestamp: at, CloudWatchMetrics } = told.output;
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name: name }) => ({
        namespace,
        name,
        dimensions: Object.fromEntries(names.map((it) => [it, String(members[it])])),
        values: [members[name]].flat().map(Number),
        at,
      })),
    ),
  );
}
