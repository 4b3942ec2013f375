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

/** Whether a person who looks at the table finds that text in a row of it, whatever its letter case. */
export function holds(item: Item, columns: Columns, text: string): boolean {
  const wanted = text.toLowerCase();
  return Object.values(columns).some((member) =>
    cell(member, item[member]).toLowerCase().includes(wanted),
  );
}

/** One thing, a member a line. */
export function record(item: Item): string {
  const shown = Object.entries(item).filter(([, value]) => value !== undefined);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}${GAP}${cell(name, value)}`).join('\n');
}

/** Times are `at` and `lastSignIn`, or end in `At` or `Used`, and are epoch seconds; who did something is named. */
function cell(name: string, value: unknown): string {
  if (/(^at|^lastSignIn|At|Used)$/.test(name) && typeof value === 'number') return localTime(value);
  if (name === 'actor') return printable(nameOf(value as Item));
  return value === undefined ? '' : printable(plain(value));
}

/** @returns As in `2030-01-31T13:00:00+01:00`: of the zone that TZ names, else the machine's. */
export function localTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  // As it is where no date has that form: what was stored once is shown.
  if (Number.isNaN(date.valueOf())) return String(seconds);
  const offset = -date.getTimezoneOffset();
  const wall = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  if (offset === 0) return `${wall}Z`;
  const two = (number: number) => String(number).padStart(2, '0');
  const away = Math.abs(offset);
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
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

/** Without what a terminal would obey. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');

/** Of whoever did something. */
export const nameOf = ({ username, arn, subject, kind }: Item): string =>
  String(username ?? arn ?? subject ?? kind);
