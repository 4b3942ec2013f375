/**
 * Counts by the hour as bars, one above the other. It is a picture beside a table, which has the numbers.
 *
 * @module
 */
import css from './chart.module.css';

/** `counts`: one an hour, as many in each layer. */
export type Layer = { label: string; look: 'good' | 'bad'; counts: readonly number[] };

const HOUR = 3600;
const HEIGHT = 100;
const GAP = 0.2;

/** @param from - The beginning of the first hour, epoch seconds. */
export function Chart({ title, from, layers }: { title: string; from: number; layers: Layer[] }) {
  const hours = layers[0]?.counts.length ?? 0;
  const sums = Array.from({ length: hours }, (_, hour) => sumAt(layers, hour));
  const most = Math.max(1, ...sums);
  return (
    <figure className={css.figure}>
      <figcaption className={css.legend}>
        <span className={css.most}>{most} an hour</span>
        {layers.map(({ label, look }) => (
          <span key={label} className={css.key} data-look={look}>
            {label}
          </span>
        ))}
      </figcaption>
      <svg
        className={css.chart}
        viewBox={`0 0 ${hours} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${saidOf(sums, from)}`}
      >
        {sums.map((_, hour) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
          <g key={hour}>{barsOf(layers, hour, most, from)}</g>
        ))}
      </svg>
      <div className={css.axis} aria-hidden="true">
        {[0, hours / 2, hours].map((hour) => (
          <span key={hour}>{timeOf(from + hour * HOUR, hours > 24)}</span>
        ))}
      </div>
    </figure>
  );
}

const sumAt = (layers: readonly Layer[], hour: number): number =>
  layers.reduce((sum, { counts }) => sum + (counts[hour] ?? 0), 0);

function barsOf(layers: readonly Layer[], hour: number, most: number, from: number) {
  let below = 0;
  return layers.map(({ label, look, counts }) => {
    const count = counts[hour] ?? 0;
    const height = (count / most) * HEIGHT;
    below += height;
    return (
      <rect
        key={label}
        className={css.bar}
        data-look={look}
        x={hour + GAP / 2}
        width={1 - GAP}
        y={HEIGHT - below}
        height={height}
      >
        <title>{`${timeOf(from + hour * HOUR, true)}: ${count} ${label}`}</title>
      </rect>
    );
  });
}

function saidOf(sums: readonly number[], from: number): string {
  const all = sums.reduce((total, count) => total + count, 0);
  if (all === 0) return 'none';
  const most = Math.max(...sums);
  return `${all} in ${sums.length} hours, the most ${most} in the hour from ${timeOf(from + sums.indexOf(most) * HOUR, true)}`;
}

export const timeOf = (at: number, withDay: boolean): string =>
  new Date(at * 1000).toLocaleString(undefined, {
    ...(withDay && { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
