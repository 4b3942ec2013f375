/**
 * Something that was counted by the hour: a chart, and beside it the numbers, by what they were counted by.
 *
 * @module
 */
import { Link } from 'wouter';
import parts from '../app/parts.module.css';
import { Card, Soft } from '../app/parts.tsx';
import css from './chart.module.css';
import { Chart, type Layer, timeOf } from './chart.tsx';
import type { Series } from './queries.ts';

/** `href`: where those are listed that were counted by this. */
type Group = { label: string; counted: Series; href?: (by: string) => string };
type Props = {
  title: string;
  /** Epoch seconds, of the first hour. */
  from: number;
  span: string;
  groups: readonly (Group & Pick<Layer, 'look'>)[];
  /** In the table alone. */
  beside?: readonly Group[];
  empty: string;
  note?: string;
};

const HOUR = 3600;

export function CountedCard({ title, from, span, groups, beside = [], empty, note }: Props) {
  const seen = groups.some(({ counted }) => counted.length > 0);
  const layers = groups
    .filter(({ counted }) => counted.length > 0)
    .map(({ label, look, counted }) => ({ label, look, counts: summed(counted) }));
  return (
    <Card title={title}>
      {!seen && <Soft>{`${empty} (${span})`}</Soft>}
      {(seen || beside.some(({ counted }) => counted.length > 0)) && (
        <div className={css.both}>
          {seen && <Chart title={title} from={from} layers={layers} />}
          <div className={css.tables}>
            <ByKind title={title} span={span} groups={[...groups, ...beside]} />
            {seen && <ByHour title={title} from={from} layers={layers} />}
          </div>
        </div>
      )}
      {note && <Soft>{note}</Soft>}
    </Card>
  );
}

const summed = (counted: Series): number[] =>
  (counted[0]?.counts ?? []).map((_, hour) =>
    counted.reduce((sum, { counts }) => sum + (counts[hour] ?? 0), 0),
  );
const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

const ByKind = ({ title, span, groups }: Pick<Props, 'title' | 'span'> & { groups: Group[] }) => (
  <div className={`${parts.scroll} ${parts.few}`}>
    <table className={parts.table}>
      <caption>{`${title}, in ${span}`}</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">{`In ${span}`}</th>
          <th scope="col">This hour</th>
        </tr>
      </thead>
      <tbody>
        {groups.flatMap(({ label, counted, href }) =>
          counted.map(({ by, counts }) => (
            <tr key={label + by}>
              <th scope="row">
                {href ? <Link href={href(by)}>{`${label}: ${by}`}</Link> : `${label}: ${by}`}
              </th>
              <td data-label={`In ${span}`} className={css.number}>
                {total(counts)}
              </td>
              <td data-label="This hour" className={css.number}>
                {counts.at(-1) ?? 0}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  </div>
);

/** Of those hours in which there was anything. */
function ByHour({ title, from, layers }: { title: string; from: number; layers: Layer[] }) {
  const hours = [...(layers[0]?.counts.keys() ?? [])].filter((hour) =>
    layers.some(({ counts }) => (counts[hour] ?? 0) > 0),
  );
  return (
    <details className={css.hours}>
      <summary>{`By the hour (${hours.length})`}</summary>
      <div className={`${parts.scroll} ${parts.few}`}>
        <table className={parts.table}>
          <caption>{`${title}, by the hour`}</caption>
          <thead>
            <tr>
              <th scope="col">Hour from</th>
              {layers.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.map((hour) => (
              <tr key={hour}>
                <th scope="row">{timeOf(from + hour * HOUR, true)}</th>
                {layers.map(({ label, counts }) => (
                  <td key={label} data-label={label} className={css.number}>
                    {counts[hour] ?? 0}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
