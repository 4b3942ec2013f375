/** The export: the real handler over a real table, the local S3 and KMS; files checked by openssl. */
import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startBuckets } from '../../dev/bucket.ts';
import { startSigningService } from '../../dev/signing-service.ts';
import { connectBucket } from '../../lib/aws/bucket.ts';
import { connectSigner, readPublicKey } from '../../lib/aws/signer.ts';
import { get, put, type Table } from '../../lib/aws/table.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { sha256 } from '../../lib/crypto.ts';
import { type ExportServices, exportHours } from '../../lib/events/export-hours.ts';
import { numberEvents } from '../../lib/store/events/number.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import { writeEvent } from '../support/running/event-readers.ts';
import { startProxy } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

const at = (time: string) => instant(new Date(`2026-11-${time}Z`).getTime() / 1000);
let folder: string;
let kms: Awaited<ReturnType<typeof startProxy>>;
const started: { stop(): Promise<void> }[] = [];
let services: ExportServices;
let clock = at('29T08:10:00');
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-export-'));
  const buckets = await startBuckets(folder);
  const signing = await startSigningService(undefined);
  kms = await startProxy(signing.endpoint);
  started.push(buckets, kms, signing);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_S3: buckets.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
  });
});
beforeEach(async () => {
  const { events } = await freshTables();
  services = {
    events,
    bucket: connectBucket(`b${Math.random().toString(36).slice(2)}`),
    signer: connectSigner('alias/export'),
    source: 'latchkey.test',
    lockDays: 0,
    metricNamespace: 'test',
    now: () => clock,
  };
});
afterEach(() => {
  kms.heal();
  vi.restoreAllMocks();
});
afterAll(async () => {
  for (const part of started) await part.stop();
  rmSync(folder, { recursive: true });
});

const run = (time: string) => {
  clock = at(time);
  return exportHours(services);
};
async function happened(events: Table, time: string, subject = 'user/ada'): Promise<string> {
  const id = await writeEvent(events, { subject }, epochMilliseconds(at(time) * 1000));
  await numberEvents(events, [{ domain: 'mydomain.com', id }], () => at(time));
  return id;
}
const files = () =>
  readdirSync(join(folder, services.bucket.name), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(gz|sig)$/.test(name))
    .sort();
const fileOf = (name: string) => join(folder, services.bucket.name, name);
const linesOf = (name: string) =>
  gunzipSync(readFileSync(fileOf(name)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the files', () => {
  test('are one an hour, empty ones too, each with the hash of the one before', async () => {
    const first = await happened(services.events, '29T07:10:00');
    await run('29T08:10:00');
    expect(files()).toEqual(['2026/11/29/07.ndjson.gz', '2026/11/29/07.ndjson.gz.sig']);
    const second = await happened(services.events, '29T09:59:59');
    await run('29T10:10:00');
    expect(files().filter((name) => name.endsWith('.gz'))).toEqual(
      ['07', '08', '09'].map((hour) => `2026/11/29/${hour}.ndjson.gz`),
    );
    const hashOf = (name: string) => sha256(readFileSync(fileOf(name))).toString('hex');
    expect(linesOf('2026/11/29/07.ndjson.gz')).toEqual([
      {
        format: 'latchkey-events.v1',
        source: 'latchkey.test',
        hour: '2026-11-29T07',
        previous: null,
      },
      expect.objectContaining({ id: first, seq: 1, type: 'user.changed' }),
    ]);
    expect(linesOf('2026/11/29/08.ndjson.gz')).toEqual([
      expect.objectContaining({
        previous: { hour: '2026-11-29T07', sha256: hashOf('2026/11/29/07.ndjson.gz') },
      }),
    ]);
    expect(linesOf('2026/11/29/09.ndjson.gz')).toEqual([
      expect.objectContaining({
        previous: { hour: '2026-11-29T08', sha256: hashOf('2026/11/29/08.ndjson.gz') },
      }),
      expect.objectContaining({ id: second, seq: 2 }),
    ]);
  });

  test('are signed by the key, as anybody can check who has openssl', async () => {
    await run('29T08:10:00');
    const pem = createPublicKey({
      key: await readPublicKey(services.signer),
      format: 'der',
      type: 'spki',
    }).export({ type: 'spki', format: 'pem' });
    const [name = '', signature = ''] = files().map(fileOf);
    const keyFile = join(folder, 'export.pem');
    writeFileSync(keyFile, pem);
    const checked = execFileSync('openssl', [
      ...['dgst', '-sha256', '-verify', keyFile, '-signature', signature, name],
    ]);
    expect(checked.toString().trim()).toBe('Verified OK');
    expect(verify('sha256', readFileSync(name), pem, readFileSync(signature))).toBe(true);
  });

  test('hold what came late in a later hour, and nothing twice', async () => {
    const { events } = services;
    const early = await happened(events, '29T07:10:00');
    const late = await writeEvent(events, {}, epochMilliseconds(at('29T07:20:00') * 1000));
    await run('29T08:10:00');
    await numberEvents(events, [{ domain: 'mydomain.com', id: late }], () => at('29T08:30:00'));
    await run('29T09:10:00');
    const ids = ['07', '08'].map((hour) =>
      linesOf(`2026/11/29/${hour}.ndjson.gz`)
        .slice(1)
        .map(({ id }) => id),
    );
    expect(ids).toEqual([[early], [late]]);
  });

  test('hold an event of a type that only a later release knows, as it is', async () => {
    const id = await happened(services.events, '29T07:10:00');
    const item = await get(services.events, { pk: 'events#mydomain.com', sk: id });
    await put(services.events, { ...item, type: 'passkey.created', collection: 'passkeys' });
    await run('29T08:10:00');
    const [, event] = linesOf('2026/11/29/07.ndjson.gz');
    expect(event).toMatchObject({ id, type: 'passkey.created', collection: 'passkeys' });
  });

  test('hold many pages of events in their order', async () => {
    const write = (count: number) =>
      writeEvent(
        services.events,
        { subject: `user/${count % 50}` },
        epochMilliseconds(at('29T07:10:00') * 1000 + count),
      );
    const ids = await Promise.all(Array.from({ length: 1100 }, (_, count) => write(count)));
    for (let from = 0; from < ids.length; from += 50)
      await numberEvents(
        services.events,
        ids.slice(from, from + 50).map((id) => ({ domain: 'mydomain.com', id })),
        () => at('29T07:11:00'),
      );
    await run('29T08:10:00');
    expect(
      linesOf('2026/11/29/07.ndjson.gz')
        .slice(1)
        .map(({ id }) => id),
    ).toEqual(ids);
  }, 60_000);
});

describe('an hour', () => {
  test('is exported once its last events are settled, and once', async () => {
    await run('29T08:10:00');
    await run('29T08:59:00');
    await run('29T09:09:59');
    expect(files()).toHaveLength(2);
    await run('29T09:10:00');
    expect(files()).toHaveLength(4);
  });

  test('that was missed is caught up with, in order', async () => {
    await run('29T08:10:00');
    await run('30T00:10:00');
    expect(files().filter((name) => name.endsWith('.gz'))).toHaveLength(17);
  });
});

describe('a run that dies', () => {
  test('before it has signed leaves a file that the next one signs and does not change', async () => {
    await happened(services.events, '29T07:10:00');
    kms.inject(() => ({ status: 500, body: {} }));
    await expect(run('29T08:10:00')).rejects.toMatchObject({ status: 503 });
    expect(files()).toEqual(['2026/11/29/07.ndjson.gz']);
    const before = readFileSync(fileOf('2026/11/29/07.ndjson.gz'));
    kms.heal();
    await run('29T09:10:00');
    expect(files()).toHaveLength(4);
    expect(readFileSync(fileOf('2026/11/29/07.ndjson.gz'))).toEqual(before);
  });

  test('before it has said so is gone on from, and nothing is written twice', async () => {
    const { client } = services.events;
    let broken = true;
    const breaking = {
      ...services,
      events: {
        ...services.events,
        client: Object.assign(Object.create(client), {
          send: (command: { input: { Item?: { sha256?: { S: string } } } }) =>
            broken && command.input.Item?.sha256?.S
              ? Promise.reject(new Error('killed'))
              : client.send(command as never),
        }),
      },
    };
    clock = at('29T08:10:00');
    await expect(exportHours(breaking)).rejects.toThrow();
    expect(files()).toHaveLength(2);
    broken = false;
    const before = files().map((name) => readFileSync(fileOf(name)));
    await run('29T09:10:00');
    expect(files()).toHaveLength(4);
    expect(
      files()
        .slice(0, 2)
        .map((name) => readFileSync(fileOf(name))),
    ).toEqual(before);
  });
});

describe('what is in its place already', () => {
  const NAME = '2026/11/29/07.ndjson.gz';
  /** As a run leaves it that dies before it has signed. */
  async function unsigned() {
    const id = await happened(services.events, '29T07:10:00');
    kms.inject(() => ({ status: 500, body: {} }));
    await expect(run('29T08:10:00')).rejects.toMatchObject({ status: 503 });
    kms.heal();
    const lines = gunzipSync(readFileSync(fileOf(NAME))).toString();
    return { id, lines };
  }

  test.each([
    ['with an event that never was', (lines: string) => `${lines + lines.split('\n')[1]}\n`],
    ['with an event that was another', (lines: string) => lines.replace('user/ada', 'user/eve')],
    ['without an event', (lines: string) => `${lines.split('\n')[0]}\n`],
  ])('a file of ours %s is not signed, and stops the export', async (_case, changed) => {
    const { lines } = await unsigned();
    writeFileSync(fileOf(NAME), gzipSync(changed(lines)));
    await expect(run('29T09:10:00')).rejects.toThrow('is not ours');
    expect(files()).toEqual([NAME]);
  });

  test('our file is signed, also where zlib would make other bytes of it', async () => {
    const { lines } = await unsigned();
    writeFileSync(fileOf(NAME), gzipSync(lines, { level: 0 }));
    await run('29T09:10:00');
    expect(files()).toHaveLength(4);
  });

  test('our file is signed, also where an event in it has expired meanwhile', async () => {
    const { id } = await unsigned();
    const before = readFileSync(fileOf(NAME));
    const key = { pk: 'events#mydomain.com', sk: id };
    await transact([{ table: services.events, remove: key }]);
    await run('29T09:10:00');
    expect(files()).toHaveLength(4);
    expect(readFileSync(fileOf(NAME))).toEqual(before);
  });

  test.each([
    ['no file of the export', 'hello'],
    ['nothing', ''],
  ])('%s stops the export, which overwrites nothing', async (_case, text) => {
    const file = fileOf('2026/11/29/07.ndjson.gz');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    await expect(run('29T08:10:00')).rejects.toThrow('gzip');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('an export of another deployment, too', async () => {
    await exportHours({
      ...services,
      source: 'latchkey.other',
      events: (await freshTables()).events,
      now: () => at('29T08:10:00'),
    });
    await expect(run('29T08:10:00')).rejects.toThrow('is not ours');
  });
});

test('of two runs at once one goes on, and the files are whole', async () => {
  await happened(services.events, '29T07:10:00');
  clock = at('29T08:10:00');
  const outcomes = await Promise.allSettled([exportHours(services), exportHours(services)]);
  expect(outcomes.map(({ status }) => status)).toContain('fulfilled');
  expect(files()).toHaveLength(2);
  await run('29T09:10:00');
  expect(files()).toHaveLength(4);
});
