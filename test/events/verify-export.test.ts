/** What an auditor finds in exported files that somebody has had their hands on. Real files, a real key. */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../lib/crypto.ts';
import { fileNameOf, hourAfter, makeFile, readFile } from '../../lib/events/export-file.ts';
import { type ExportedFile, verifyExport, type Wanted } from '../../lib/events/verify-export.ts';
import type { Event } from '../../lib/store/events/event.ts';
import { instant } from '../../lib/time.ts';
import { runScript } from '../bin/command-line.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const FIRST = '2026-11-29T08';
let count = 0;
const event = (seq: number, subject = 'user/ada'): Event => ({
  id: `0180000000000${++count}#x`.padStart(30, '0'),
  at: instant(1_800_000_000),
  type: 'user.changed',
  v: 1,
  domain: 'mydomain.com',
  subject,
  collection: 'users',
  target: 'ada',
  actor: { kind: 'user', subject: 'root' },
  seq,
});

/** An hour each, as the export makes them. */
async function exported(hours: Event[][], key: KeyObject = privateKey): Promise<ExportedFile[]> {
  const files: ExportedFile[] = [];
  let previous: { hour: string; sha256: string } | null = null;
  let hour = FIRST;
  for (const events of hours) {
    const head = { format: 'latchkey-events.v1' as const, source: 'latchkey.test', hour, previous };
    const bytes = await makeFile(
      head,
      (async function* () {
        yield events;
      })(),
    );
    files.push({ name: fileNameOf(hour), bytes, signature: sign('sha256', bytes, key) });
    previous = { hour, sha256: sha256(bytes).toString('hex') };
    hour = hourAfter(hour);
  }
  return files;
}
const three = () => exported([[event(1), event(2)], [event(3), event(1, 'user/bob')], [event(4)]]);
const check = async (files: readonly ExportedFile[], more: Partial<Wanted> = {}) => {
  const report = await verifyExport(
    (async function* () {
      yield* files;
    })(),
    { key: publicKey, ...more },
  );
  const findings = report.findings.map(({ problem, file, event: id, text }) =>
    [problem, file, id, text].filter(Boolean).join(' | '),
  );
  return { ...report, findings };
};
const signed = (file: ExportedFile, bytes: Buffer): ExportedFile => ({
  ...file,
  bytes,
  signature: sign('sha256', bytes, privateKey),
});
const zipped = (...lines: object[]) =>
  gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
const [EIGHT, NINE, TEN] = ['08', '09', '10'].map((hour) => `2026/11/29/${hour}.ndjson.gz`);

test('nothing is found in an export as it was written', async () => {
  expect(await check(await three(), { until: '2026-11-29T10' })).toEqual({
    files: 3,
    events: 5,
    from: FIRST,
    until: '2026-11-29T10',
    findings: [],
  });
});

test('nothing is found in a part of one, where it is said from when on', async () => {
  const [, ...later] = await three();
  expect((await check(later, { from: '2026-11-29T09' })).findings).toEqual([]);
});

describe('a file', () => {
  test('that is missing from the middle', async () => {
    const [first, , last] = (await three()) as [ExportedFile, ExportedFile, ExportedFile];
    const { findings } = await check([first, last]);
    expect(findings).toContain(`missing | ${NINE} | there is no such file`);
    expect(findings).toContain(`missing | ${TEN} | event 3 of user/ada is not here`);
  });

  test('that is missing from the beginning', async () => {
    const [, ...later] = await three();
    expect((await check(later)).findings).toEqual([`missing | ${EIGHT} | ${NINE} goes on from it`]);
    expect((await check(later, { from: FIRST })).findings).toEqual([
      `missing | ${EIGHT} | there is no such file`,
    ]);
  });

  test('that is missing from the end', async () => {
    const files = (await three()).slice(0, 2);
    expect((await check(files)).findings).toEqual([]);
    expect((await check(files, { until: '2026-11-29T10' })).findings).toEqual([
      `missing | ${TEN} | there is no such file`,
    ]);
  });

  test('of which there is none at all', async () => {
    expect((await check([])).findings).toEqual(['missing | there is no file at all']);
    expect((await check([], { until: FIRST })).findings).toEqual([
      `missing | ${EIGHT} | there is no such file`,
    ]);
  });

  test('without its signature', async () => {
    const [first, ...rest] = (await three()) as [ExportedFile, ...ExportedFile[]];
    expect((await check([{ ...first, signature: undefined }, ...rest])).findings).toEqual([
      `missing | ${EIGHT}.sig | there is no such file`,
    ]);
  });

  test('signed by another key, or by one that is none of ours', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const text = 'the signature is not of this file, or by another key';
    expect((await check(await exported([[event(1)]], other))).findings).toEqual([
      `changed | ${EIGHT} | ${text}`,
    ]);
    const rsa = createPublicKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    expect((await check(await exported([[event(1)]]), { key: rsa })).findings).toHaveLength(1);
  });

  test('that was changed, even by somebody who signs it anew: the one after names another', async () => {
    const [first, ...rest] = (await three()) as [ExportedFile, ...ExportedFile[]];
    const { head, events } = readFile(first.bytes);
    const bytes = zipped(head, ...events.map((one) => ({ ...one, target: 'mallory' })));
    expect((await check([{ ...first, bytes }, ...rest])).findings).toEqual([
      `changed | ${EIGHT} | the signature is not of this file, or by another key`,
      `changed | ${NINE} | it does not go on from ${EIGHT} as that is here`,
    ]);
    expect((await check([signed(first, bytes), ...rest])).findings).toEqual([
      `changed | ${NINE} | it does not go on from ${EIGHT} as that is here`,
    ]);
  });

  test('that lies in the place of another', async () => {
    const [first, second] = (await three()) as [ExportedFile, ExportedFile];
    const { findings } = await check([first, { ...first, name: second.name }]);
    expect(findings).toContain(`changed | ${NINE} | it says that it is of ${FIRST}`);
  });

  test.each([
    ['no gzip', Buffer.from('hello'), 'it is no gzip file'],
    ['cut off', gzipSync('{"format":"latchkey-ev'), 'its last line is cut off'],
    ['of another format', zipped({ format: 'x' }), 'line 1 is not what it should be'],
    ['empty', gzipSync(''), 'its last line is cut off'],
  ])('that is %s', async (_case, bytes, text) => {
    const [first] = (await three()) as [ExportedFile];
    expect((await check([signed(first, bytes)])).findings).toEqual([
      `changed | ${EIGHT} | ${text}`,
    ]);
  });

  test('of another kind beside them is passed over', async () => {
    const other = { name: 'readme.gz', bytes: Buffer.from(''), signature: undefined };
    expect((await check([...(await three()), other])).findings).toEqual([]);
  });
});

describe('an event', () => {
  test('that is missing, which the numbers of its subject tell', async () => {
    const files = await exported([[event(1), event(2), event(4)], [event(5)]]);
    expect((await check(files)).findings).toEqual([
      `missing | ${EIGHT} | event 3 of user/ada is not here`,
    ]);
  });

  test('whose number comes in the next hour is not missing: clocks differ', async () => {
    expect(
      (
        await check(
          await exported([
            [event(1), event(3)],
            [event(2), event(4)],
          ]),
        )
      ).findings,
    ).toEqual([]);
  });

  test('that has the number of another one', async () => {
    const [one, two] = [event(1), event(1)];
    expect((await check(await exported([[one, two]]))).findings).toEqual([
      `changed | ${EIGHT} | ${two.id} | another event of user/ada has the number 1, too`,
    ]);
  });

  test('out of order, or twice', async () => {
    const [one, two] = [event(1), event(2)];
    expect((await check(await exported([[two, one]]))).findings).toEqual([
      `out of order | ${EIGHT} | ${one.id} | it comes after a later one`,
    ]);
    expect((await check(await exported([[one, one]]))).findings).toContain(
      `out of order | ${EIGHT} | ${one.id} | it is there twice`,
    );
  });

  test('of a user before its making is missing', async () => {
    const made = { ...event(3), type: 'user.created' };
    const { findings } = await check(await exported([[made, event(4)]]));
    expect(findings).toEqual(
      [1, 2].map((seq) => `missing | ${EIGHT} | event ${seq} of user/ada is not here`),
    );
    const moved = { ...made, migrated: true as const };
    expect((await check(await exported([[moved]]))).findings).toEqual([]);
    // Of one transaction, and so in any order.
    const both = [event(1), { ...event(2), type: 'user.created' }];
    expect((await check(await exported([both]))).findings).toEqual([]);
    // Somebody else's of that id may have been there before.
    const again = { ...event(3, 'client/app'), type: 'client.created' };
    expect((await check(await exported([[again]]))).findings).toEqual([]);
  });

  test('with a number that nobody can count to ends all the same', async () => {
    const { findings } = await check(await exported([[event(1), event(9e15)]]));
    expect(findings).toHaveLength(10_000);
  });
});

describe('latchkey audit verify', () => {
  async function folderOf(files: readonly ExportedFile[]) {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-verify-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const { name, bytes, signature } of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
      if (signature) writeFileSync(join(folder, `${name}.sig`), signature);
    }
    writeFileSync(join(folder, 'export.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    return folder;
  }
  const run = (folder: string, ...words: string[]) =>
    runScript('bin/latchkey.ts', [
      ...['audit', 'verify', folder, '--key', join(folder, 'export.pem'), ...words],
    ]);

  test('says how far an export is whole', async () => {
    const { code, out } = await run(await folderOf(await three()), '--until', '2026-11-29T10');
    expect([code, out.trim()]).toEqual([
      0,
      '3 files from 2026-11-29T08 to 2026-11-29T10, 5 events: whole, in order, and signed',
    ]);
  });

  test('reads no file outside the hours that are asked for', async () => {
    const [first, second, last] = (await three()) as [ExportedFile, ExportedFile, ExportedFile];
    const broken = (file: ExportedFile) => ({ ...file, bytes: Buffer.from('no such thing') });
    const folder = await folderOf([broken(first), second, broken(last)]);
    const hours = ['--from', '2026-11-29T09', '--until', '2026-11-29T09'];
    const { code, out } = await run(folder, ...hours);
    expect([code, out.trim()]).toEqual([
      0,
      '1 files from 2026-11-29T09 to 2026-11-29T09, 2 events: whole, in order, and signed',
    ]);
    expect((await run(folder)).code).toBe(1);
  });

  test('fails, and says what is wrong with which file', async () => {
    const [first, , last] = (await three()) as [ExportedFile, ExportedFile, ExportedFile];
    const { code, err } = await run(await folderOf([first, last]));
    expect(code).toBe(1);
    expect(err).toMatch(/PROBLEM +FILE +EVENT +WHAT/);
    expect(err).toContain(NINE);
  });

  test.each([
    ['a folder that is not there', ['/nowhere'], 'cannot read /nowhere: ENOENT', 1],
    ['an hour that is none', ['--until', 'yesterday'], '--until must be an hour', 2],
  ])('says so of %s', async (_case, words, text, status) => {
    const folder = await folderOf(await three());
    const all = words[0]?.startsWith('/')
      ? ['audit', 'verify', ...words, '--key', join(folder, 'export.pem')]
      : ['audit', 'verify', folder, '--key', join(folder, 'export.pem'), ...words];
    const { code, err } = await runScript('bin/latchkey.ts', all);
    expect(err).toContain(text);
    expect(code).toBe(status);
  });
});
