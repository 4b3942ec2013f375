/**
 * The users of a file, one after another and never all at once: JSON lines, or CSV with a line of headings.
 *
 * A heading names a member of an imported user; members of the profile and of its address, and the proofs,
 * by a path: `profile.given_name`, `profile.address.country`, `verified.email`. Roles are parted by blanks or
 * semicolons. An empty cell says nothing.
 *
 * Errors: Failure for a file that cannot be read, or whose headings name what is no member; and for a CSV
 *         that is cut off or out of step, since nothing after that can be trusted. A line of JSON that is
 *         none is refused alone, and so is who holds what is no text in UTF-8: the service would refuse the
 *         whole request for it.
 *
 * @module
 * @see RFC 4180
 */
import { createReadStream } from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import { illFormedMember } from '../../../lib/http/well-formed.ts';
import { ADDRESS, PROFILE } from '../../../lib/store/directory/profile.ts';
import { Failure } from '../failure.ts';
import { type FirebaseKeys, withFirebaseKeys } from './firebase-keys.ts';

export type Format = 'jsonl' | 'csv';
export type UserOfFile = Record<string, unknown>;
/** `problem`: why there is no user. */
export type Line = { line: number; user?: UserOfFile; problem?: string };

/** In characters: far above any user, and no file of one line is held as a whole. */
const MAX_LINE = 65_536;

export async function* readUsers(
  file: string,
  format: Format,
  keys: FirebaseKeys | undefined,
): AsyncGenerator<Line> {
  try {
    for await (const one of format === 'csv' ? csv(file) : jsonLines(file))
      yield checked(one.user && keys ? { ...one, user: withFirebaseKeys(one.user, keys) } : one);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(reasonOf(file, error as CsvError));
  }
}

function checked({ line, user, ...one }: Line): Line {
  const problem = user && problemIn(user);
  return problem === undefined ? { line, ...(user && { user }), ...one } : { line, problem };
}

function problemIn(user: UserOfFile): string | undefined {
  if (isDeep(user)) return 'is nested too deeply';
  return illFormedMember(user) === undefined ? undefined : 'holds what is no text in UTF-8';
}

/** Far more than any user, and less than a stack can take. */
const MAX_DEPTH = 32;

function isDeep(user: UserOfFile): boolean {
  let level: unknown[] = [user];
  for (let depth = 0; depth < MAX_DEPTH; depth++)
    level = level.flatMap((one) =>
      one !== null && typeof one === 'object' ? Object.values(one) : [],
    );
  return level.length > 0;
}

/** Never what stands there: it may be a hash. */
function reasonOf(file: string, { code, lines }: Partial<CsvError>): string {
  return lines === undefined
    ? `cannot read ${file}: ${code}`
    : `${file} is no CSV from line ${lines} on (${code})`;
}

async function* jsonLines(file: string): AsyncGenerator<Line> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    if (text === undefined) yield { line, problem: `is longer than ${MAX_LINE} characters` };
    else if (text.trim() !== '') yield { line, ...userOf(text) };
  }
}

/** @returns `undefined` in place of a line that is too long. */
async function* linesOf(file: string): AsyncGenerator<string | undefined> {
  let rest = '';
  let isTooLong = false;
  let isFirst = true;
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const [first = '', ...others] = (isFirst ? chunk.replace(/^\uFEFF/, '') : chunk).split('\n');
    isFirst = false;
    rest = isTooLong ? '' : rest + first;
    for (const next of others) {
      yield isTooLong || rest.length > MAX_LINE ? undefined : rest;
      isTooLong = false;
      rest = next;
    }
    if (rest.length > MAX_LINE) isTooLong = true;
  }
  if (isTooLong) yield undefined;
  else if (rest !== '') yield rest;
}

function userOf(text: string): Omit<Line, 'line'> {
  try {
    const user: unknown = JSON.parse(text);
    if (typeof user === 'object' && user !== null && !Array.isArray(user))
      return { user: user as UserOfFile };
    return { problem: 'is no JSON object' };
  } catch {
    return { problem: 'is no JSON; is it cut off?' };
  }
}

type Read = (cell: string) => unknown;
const text: Read = (cell) => cell;
const list: Read = (cell) => cell.split(/[;\s]+/).filter(Boolean);
/** What is neither is left as it is, for the service to refuse. */
const truth: Read = (cell) => TRUTHS.get(cell.toLowerCase()) ?? cell;
const TRUTHS = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);
const hash: Read = (cell) => (cell.startsWith('{') ? (userOf(cell).user ?? cell) : cell);

const COLUMNS: Readonly<Record<string, Read>> = {
  ...Object.fromEntries(
    ['username', 'email', 'domain', 'plan', 'vendor'].map((one) => [one, text]),
  ),
  roles: list,
  activated: truth,
  disabled: truth,
  passwordHash: hash,
  'verified.email': truth,
  'verified.phone_number': truth,
  ...Object.fromEntries(PROFILE.map((one) => [`profile.${one}`, text])),
  ...Object.fromEntries(ADDRESS.map((one) => [`profile.address.${one}`, text])),
};

async function* csv(file: string): AsyncGenerator<Line> {
  const parser = createReadStream(file).pipe(
    parse({ bom: true, columns: headings, info: true, max_record_size: MAX_LINE, trim: false }),
  );
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>)
    yield { line: info.lines, user: userOfRecord(record) };
}
type CsvRecord = { record: Readonly<Record<string, string>>; info: { lines: number } };

function headings(names: string[]): string[] {
  const unknown = names.find((name) => !Object.hasOwn(COLUMNS, name));
  if (unknown !== undefined)
    throw new Failure(
      `there is no member ${JSON.stringify(unknown.slice(0, 64))}; a heading is one of ${Object.keys(COLUMNS).join(', ')}`,
    );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Failure(`two headings are ${twice}`);
  return names;
}

function userOfRecord(record: Readonly<Record<string, string>>): UserOfFile {
  const user: UserOfFile = {};
  for (const [path, cell] of Object.entries(record))
    if (cell !== '') put(user, path.split('.'), COLUMNS[path]?.(cell));
  return user;
}

function put(into: UserOfFile, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const inner = (into[name] ?? {}) as UserOfFile;
  put(inner, rest, value);
  into[name] = inner;
}
