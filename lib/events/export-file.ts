/**
 * A file of the export: all events that were numbered in one hour of UTC, as gzipped lines of JSON. Beside it
 * lies its signature, so that anybody can check it who has the public key:
 *
 *   openssl dgst -sha256 -verify export.pem -signature 08.ndjson.gz.sig 08.ndjson.gz
 *
 * File:   2026/11/29/08.ndjson.gz; its first line is { format, source, hour, previous }, where `previous` is
 *         the { hour, sha256 } of the file before, or null for the first one; then an event a line, by id
 * Units:  an hour is a text, `2026-11-29T08`; sha256 is that of the gzipped file, in hexadecimal.
 * Errors: Fault for what is no such file, naming the line and no value.
 *
 * @module
 */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { Fault } from '../errors.ts';
import { jsonLine } from '../json-line.ts';
import type { Event } from '../store/events/event.ts';

export const EXPORT_FORMAT = 'latchkey-events.v1';
const HOUR = /^(\d{4})-(\d\d)-(\d\d)T(\d\d)$/;
const NAME = /^(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\.ndjson\.gz$/;
const SIGNATURE = '.sig';

const FileHeadLine = v.strictObject({
  format: v.literal(EXPORT_FORMAT),
  source: v.string(),
  hour: v.pipe(v.string(), v.regex(HOUR)),
  previous: v.nullable(v.strictObject({ hour: v.string(), sha256: v.string() })),
});
export type FileHead = v.InferOutput<typeof FileHeadLine>;
/** What a reader of the file relies on; the rest is docs/events/. */
const EventLine = v.looseObject({
  id: v.string(),
  type: v.string(),
  subject: v.string(),
  seq: v.number(),
  migrated: v.optional(v.boolean()),
});
export type EventLine = v.InferOutput<typeof EventLine>;

export const fileNameOf = (hour: string): string => hour.replace(HOUR, '$1/$2/$3/$4.ndjson.gz');
export const signatureNameOf = (name: string): string => name + SIGNATURE;
/** @returns `undefined` for a file of another kind. */
export const hourOfFile = (name: string): string | undefined =>
  NAME.test(name) ? name.replace(NAME, '$1-$2-$3T$4') : undefined;

/** Both included; what is not said is not bounded. */
export type Hours = { from: string | undefined; until: string | undefined };

export function isFileOf(name: string, { from, until }: Hours): boolean {
  const hour = hourOfFile(name);
  if (hour === undefined) return false;
  return (from === undefined || from <= hour) && (until === undefined || hour <= until);
}

const HOUR_MS = 3_600_000;
const startOfHour = (hour: string): Date => new Date(`${hour}:00:00Z`);
export const hourAfter = (hour: string): string => hourIn(hour, HOUR_MS);
export const hourBefore = (hour: string): string => hourIn(hour, -HOUR_MS);
const hourIn = (hour: string, milliseconds: number): string =>
  new Date(startOfHour(hour).getTime() + milliseconds).toISOString().slice(0, 13);

/** Page by page: only what is zipped is held. */
export async function makeFile(
  head: FileHead,
  pages: AsyncIterable<readonly Event[]>,
): Promise<Buffer> {
  const lines = async function* () {
    yield lineOf(head);
    for await (const page of pages) yield page.map(lineOf).join('');
  };
  const zip = createGzip();
  const [file] = await Promise.all([buffer(zip), pipeline(Readable.from(lines()), zip)]);
  return file;
}

const lineOf = (value: object): string => `${jsonLine(value)}\n`;

export function readFile(bytes: Buffer): { head: FileHead; events: EventLine[] } {
  const text = unzipped(bytes).toString();
  if (!text.endsWith('\n')) throw new Fault('its last line is cut off');
  const [head, ...events] = text.slice(0, -1).split('\n');
  return {
    head: parseLine(FileHeadLine, head ?? '', 1),
    events: events.map((line, index) => parseLine(EventLine, line, index + 2)),
  };
}

/** The same events are zipped to other bytes by another version of zlib. */
export const hasSameContent = (one: Buffer, other: Buffer): boolean =>
  unzipped(one).equals(unzipped(other));

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch {
    throw new Fault('it is no gzip file');
  }
}

function parseLine<const S extends v.GenericSchema>(
  schema: S,
  line: string,
  number: number,
): v.InferOutput<S> {
  try {
    return v.parse(schema, JSON.parse(line));
  } catch {
    throw new Fault(`line ${number} is not what it should be`);
  }
}
