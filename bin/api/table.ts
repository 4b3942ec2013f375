/**
 * Tables and records for people.
 *
 * What others named may hold characters that a terminal obeys, so none of those is printed.
 *
 * @module
 */
export type Item = Readonly<Record<string, unknown>>;
/** A title, and the member that is shown under it. */
export type Columns = Readonly<Record<string, string>>;

const GAP = '  ';

export function table(items: readonly Item[], columns: Columns): string {
  const members = Object.values(columns);
  const rows = [
    Object.keys(columns),
    ...items.map((item) => members.map((member) => cell(member, item[member]))),
  ];
  const widths = members.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

/** One thing, a member a line. */
export function record(item: Item): string {
  const shown = Object.entries(item).filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}${GAP}${cell(name, value)}`).join('\n');
}

/** Times end in `At` or `Used`, and are epoch seconds. */
function cell(name: string, value: unknown): string {
  if (/(At|Used)$/.test(name) && typeof value === 'number') return moment(value);
  return value === undefined ? '' : printable(plain(value));
}

/** As it is where no date has that form: what was stored once is shown. */
function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.valueOf()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}

/** Lists as words, and what has members as `member=value`: the form that `--allow` takes. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(',');
  if (typeof value !== 'object' || value === null) return String(value ?? '-');
  return Object.entries(value)
    .map(([name, one]) => `${name}=${plain(one)}`)
    .sort()
    .join(' ');
}

const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
