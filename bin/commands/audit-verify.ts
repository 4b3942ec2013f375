/**
 * latchkey audit verify: whether exported files are whole and as they were written, from a folder or the
 * bucket itself. latchkey audit key: the public key that they were signed by, for whoever verifies elsewhere.
 *
 * @module
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Hours } from '../../lib/events/export-file.ts';
import type { ExportedFile, ExportReport, Finding } from '../../lib/events/verify-export.ts';
import { table } from '../api/table.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { command } from './command.ts';
import { Failure, Misuse } from './failure.ts';

/**
 * Of an export that goes on, the last hour may be so much earlier than the current one: that of two hours ago
 * is due now, and one run may have failed.
 */
const BEHIND_HOURS = 3;
const HOUR = /^\d{4}-\d\d-\d\dT\d\d$/;

export const auditKey = command({
  summary: 'prints the public key that signs the exported events, as PEM',
  usage: DEPLOYMENT_USAGE,
  options: DEPLOYMENT,
  async run(_operands, { stage, ...place }) {
    useDeployment(place);
    const pem = (await readKey(stage)).export({ type: 'spki', format: 'pem' }).toString();
    return { json: { key: pem }, text: pem.trimEnd() };
  },
});

export const auditVerify = command({
  summary:
    'checks exported events: finds a file or an event that is missing, changed or out of order',
  operands: ['FOLDER|s3://BUCKET'],
  usage: `[--key FILE] [--from HOUR] [--until HOUR] ${DEPLOYMENT_USAGE}`,
  options: {
    ...DEPLOYMENT,
    key: { type: 'string' },
    from: { type: 'string' },
    until: { type: 'string' },
  },
  async run([place = ''], { stage, key, from, until, ...deployment }) {
    const bucket = /^s3:\/\/([^/]+)\/?$/.exec(place)?.[1];
    if (bucket !== undefined || key === undefined) useDeployment(deployment);
    const { verifyExport } = await import('../../lib/events/verify-export.ts');
    const hours = { from: hourOption(from, 'from'), until: hourOption(until, 'until') };
    const files = bucket === undefined ? filesIn(place, hours) : filesOf(bucket, hours);
    const report = await verifyExport(files, {
      key: key === undefined ? await readKey(stage) : keyIn(key),
      from: hours.from,
      until: hours.until ?? (bucket === undefined ? undefined : lastDue()),
    });
    if (report.findings.length > 0) throw new Failure(problemsOf(report));
    return { json: report, text: summaryOf(report) };
  },
});

function hourOption(value: string | undefined, option: string): string | undefined {
  if (value === undefined || HOUR.test(value)) return value;
  throw new Misuse(`--${option} must be an hour of UTC such as 2026-11-29T08`);
}

const lastDue = (): string =>
  new Date(Date.now() - BEHIND_HOURS * 3_600_000).toISOString().slice(0, 13);

const summaryOf = ({ files, events, from, until }: ExportReport): string =>
  `${files} files from ${from} to ${until}, ${events} events: whole, in order, and signed`;

function problemsOf(report: ExportReport): string {
  const rows = report.findings.map((finding: Finding) => ({ ...finding }));
  const found = table(rows, { PROBLEM: 'problem', FILE: 'file', EVENT: 'event', WHAT: 'text' });
  return `${found}\n${report.findings.length} problems in ${report.files} files`;
}

async function* filesIn(folder: string, hours: Hours): AsyncGenerator<ExportedFile> {
  const { isFileOf } = await import('../../lib/events/export-file.ts');
  const names = new Set(namesIn(folder));
  for (const name of [...names].filter((one) => isFileOf(one, hours)).sort()) {
    const signature = `${name}.sig`;
    yield {
      name,
      bytes: readFileSync(join(folder, name)),
      signature: names.has(signature) ? readFileSync(join(folder, signature)) : undefined,
    };
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => name.replaceAll('\\', '/'));
  } catch (error) {
    throw new Failure(`cannot read ${folder}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

async function* filesOf(name: string, hours: Hours): AsyncGenerator<ExportedFile> {
  const [{ connectBucket, getFile, listFiles }, { isFileOf }] = await Promise.all([
    import('../../lib/aws/bucket.ts'),
    import('../../lib/events/export-file.ts'),
  ]);
  const bucket = connectBucket(name);
  const names = await asking('bucket', name, () => listFiles(bucket, ''));
  for (const file of names.filter((one) => isFileOf(one, hours))) {
    const [bytes, signature] = await Promise.all([
      getFile(bucket, file),
      getFile(bucket, `${file}.sig`),
    ]);
    if (bytes) yield { name: file, bytes, signature };
  }
}

async function readKey(stage: string): Promise<KeyObject> {
  const { connectSigner, readPublicKey } = await import('../../lib/aws/signer.ts');
  const alias = `alias/latchkey-${stage}-export`;
  const key = await asking('key', alias, () => readPublicKey(connectSigner(alias)));
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

function keyIn(file: string): KeyObject {
  try {
    return createPublicKey(readFileSync(file));
  } catch (error) {
    const { code = 'it holds no public key' } = error as NodeJS.ErrnoException;
    throw new Failure(`cannot read ${file}: ${code}`);
  }
}
