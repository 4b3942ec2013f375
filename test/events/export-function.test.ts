/** The function that exports: its own wiring, over a real table, the local S3 and KMS. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startBuckets } from '../../dev/bucket.ts';
import { startSigningService } from '../../dev/signing-service.ts';
import type { Table } from '../../lib/aws/table.ts';
import { numberEvents } from '../../lib/store/events/number.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import { writeEvent } from '../support/running/event-readers.ts';
import { startProxy } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

/** Of the last hour that is settled. */
const then = Math.floor(Date.now() / 1000) - 4200;
const started: { stop(): Promise<void> }[] = [];
let folder: string;
let events: Table;
let kms: Awaited<ReturnType<typeof startProxy>>;
let run: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-export-'));
  events = (await freshTables()).events;
  const buckets = await startBuckets(folder);
  const signing = await startSigningService(undefined);
  kms = await startProxy(signing.endpoint);
  started.push(buckets, kms, signing);
  const { protocol, hostname, port } = (await events.client.config.endpoint?.()) ?? {};
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: `${protocol}//${hostname}:${port}`,
    AWS_ENDPOINT_URL_S3: buckets.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    EVENTS_TABLE: events.name,
    EVENT_SOURCE: 'latchkey.test',
    EXPORT_BUCKET: 'audit',
    EXPORT_KEY: 'alias/export',
    METRIC_NAMESPACE: 'test',
  });
  vi.resetModules();
  run = (await import('../../functions/export.ts')).handler;
});
afterAll(async () => {
  for (const part of started) await part.stop();
  rmSync(folder, { recursive: true });
});

const files = () =>
  readdirSync(join(folder, 'audit'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(gz|sig)$/.test(name))
    .sort();

test('an hour is exported in one run, or where that dies in two', async () => {
  const id = await writeEvent(events, {}, epochMilliseconds(then * 1000));
  await numberEvents(events, [{ domain: 'mydomain.com', id }], () => instant(then));
  kms.inject(() => ({ status: 500, body: {} }));
  await expect(run()).rejects.toMatchObject({ status: 503 });
  expect(files()).toHaveLength(1);
  kms.heal();
  await run();
  const [file = '', ...others] = files();
  expect(others[0]).toBe(`${file}.sig`);
  const lines = gunzipSync(readFileSync(join(folder, 'audit', file))).toString();
  expect(lines).toContain(id);
});
