/**
 * Exports events hour by hour, each hour once and in order: what was numbered in an hour goes into its file,
 * so nothing that comes late is missing, it is in a later one. An hour without events has a file too, or a
 * missing one would not be seen.
 *
 * It may die anywhere: a file of ours that is there already stays as it is and is signed, and only what is
 * signed moves the head. So the next run goes on where this one stopped. Ours is what holds the events that are
 * in the table; and, since some of these may have been kept for long enough meanwhile, what the run that died
 * had announced there. Whoever may only write to the bucket can do neither, so nothing of theirs is signed.
 *
 * The first file is that of the last hour before the export was switched on.
 *
 * Errors: as in bucket.ts, signer.ts and table.ts; Fault for a file in our place that is not ours.
 *
 * @module
 */
import { type Bucket, getFile, putFile } from '../aws/bucket.ts';
import { type Signer, signDigest } from '../aws/signer.ts';
import type { Item, Table } from '../aws/table.ts';
import { sha256 } from '../crypto.ts';
import { Fault } from '../errors.ts';
import { logNotice } from '../log.ts';
import { countedOnce } from '../metrics.ts';
import { type ExportHead, moveExportHead, readExportHead } from '../store/events/export-head.ts';
import { eventsOfHour } from '../store/events/find.ts';
import { hourOf } from '../store/events/number.ts';
import { type Instant, instant, seconds } from '../time.ts';
import {
  EXPORT_FORMAT,
  type FileHead,
  fileNameOf,
  hasSameContent,
  hourAfter,
  hourBefore,
  makeFile,
  signatureNameOf,
} from './export-file.ts';

export type ExportServices = {
  events: Table;
  bucket: Bucket;
  signer: Signer;
  source: string;
  /** None of the files can be deleted for so long, where the bucket has Object Lock; 0 leaves it to the bucket. */
  lockDays: number;
  metricNamespace: string;
  now: () => Instant;
};

/** An event that got its number at the end of an hour is in the index long before this. */
const SETTLED = seconds(600);
const HOUR = 3600;
const PAGE = 500;
const NONE = '';
const HERE = { function: 'export' };

/** All hours that are over and settled. */
export async function exportHours(services: ExportServices): Promise<void> {
  const last = hourOf(instant(services.now() - SETTLED - HOUR));
  let head = (await readExportHead(services.events)) ?? (await begin(services, last));
  for (let hour = hourAfter(head.hour); hour <= last; hour = hourAfter(hour)) {
    head = await exportHour(services, hour, head);
    logNotice('exported', {
      ...countedOnce(services.metricNamespace, 'ExportedHours', HERE),
      hour,
    });
  }
}

/** It stays the first one, whatever becomes of its file. */
async function begin({ events, signer }: ExportServices, first: string): Promise<ExportHead> {
  const head = { hour: hourBefore(first), sha256: NONE, key: signer.key };
  await move(events, undefined, head);
  return head;
}

async function move(
  events: Table,
  from: ExportHead | undefined,
  to: ExportHead,
): Promise<ExportHead> {
  if (await moveExportHead(events, from, to)) return to;
  throw new Fault('another export has run at the same time');
}

async function exportHour(
  { events, bucket, signer, source, lockDays, now }: ExportServices,
  hour: string,
  before: ExportHead,
): Promise<ExportHead> {
  const previous = before.sha256 === NONE ? null : { hour: before.hour, sha256: before.sha256 };
  const head: FileHead = { format: EXPORT_FORMAT, source, hour, previous };
  const name = fileNameOf(hour);
  const lock = lockDays === 0 ? undefined : new Date((now() + lockDays * 86_400) * 1000);
  const made = await makeFile(head, pagesOf(events, hour));
  const announcing = await move(events, before, { ...before, announced: hashOf(made) });
  const file = { name, bytes: made, contentType: 'application/gzip' };
  const bytes = (await putFile(bucket, file, lock))
    ? made
    : await ours(bucket, name, { made, announced: before.announced });
  const signature = {
    name: signatureNameOf(name),
    bytes: await signDigest(signer, sha256(bytes)),
    contentType: 'application/octet-stream',
  };
  // One of an earlier run is as good.
  await putFile(bucket, signature, lock);
  return move(events, announcing, { hour, sha256: hashOf(bytes), key: signer.key });
}

async function* pagesOf(events: Table, hour: string) {
  let after: Item | undefined;
  do {
    const page = await eventsOfHour(events, hour, { limit: PAGE, after });
    yield page.events;
    after = page.next;
  } while (after);
}

const hashOf = (bytes: Buffer): string => sha256(bytes).toString('hex');

/** What a run left that died before it moved the head. @param announced - By that run. */
async function ours(
  bucket: Bucket,
  name: string,
  { made, announced }: { made: Buffer; announced: string | undefined },
): Promise<Buffer> {
  const bytes = await getFile(bucket, name);
  if (!bytes) throw new Fault('a file that is there cannot be read');
  if (hashOf(bytes) !== announced && !hasSameContent(bytes, made))
    throw new Fault('there is a file in its place that is not ours');
  return bytes;
}
