/**
 * Whether an export is whole and as it was written: every hour has its file, every file goes on from the one
 * before and bears our signature, and of every subject's events none is missing, changed, twice or out of
 * order. Files come in the order of their hours and are looked at one by one.
 *
 * Whoever has no key of ours can neither change a file nor make one. What is taken from the end is told by the
 * hour up to which the export is to reach; what was taken from the table before it was exported, by the gap in
 * its subject's numbers.
 *
 * Errors: none; what is wrong is an answer.
 *
 * @module
 */
import { isSignedFile, sha256, type VerifyingKey } from '../crypto.ts';
import {
  type EventLine,
  fileNameOf,
  hourAfter,
  hourOfFile,
  readFile,
  signatureNameOf,
} from './export-file.ts';
import { type Gap, sequences } from './sequences.ts';

export type ExportedFile = { name: string; bytes: Buffer; signature: Buffer | undefined };
export type Finding = {
  /** What it is about: a file, or an event in it. */
  file: string;
  event?: string;
  problem: 'missing' | 'changed' | 'out of order';
  text: string;
};
export type ExportReport = {
  files: number;
  events: number;
  /** The first hour and the last. */
  from: string | undefined;
  until: string | undefined;
  findings: Finding[];
};
export type Wanted = {
  key: VerifyingKey;
  /** The hour that the first file has to be of; without it, the first file has to be the first one ever. */
  from?: string | undefined;
  /** The hour that the last file has to be of. */
  until?: string | undefined;
};

type Before = { hour: string; sha256: string };

export async function verifyExport(
  files: AsyncIterable<ExportedFile>,
  { key, from, until }: Wanted,
): Promise<ExportReport> {
  const report: ExportReport = {
    files: 0,
    events: 0,
    from: undefined,
    until: undefined,
    findings: [],
  };
  const numbers = sequences();
  let before: Before | undefined;
  for await (const file of files) {
    const hour = hourOfFile(file.name);
    if (hour === undefined) continue;
    report.files += 1;
    report.from ??= hour;
    report.until = hour;
    report.findings.push(...missingFiles(before ? hourAfter(before.hour) : from, hour));
    report.findings.push(...signatureFindings(file, key));
    const { events, findings } = contentFindings(file, hour, { before, from });
    report.findings.push(...findings, ...orderFindings(file.name, events));
    report.findings.push(...numbers.take(file.name, events).map(gapFinding));
    report.events += events.length;
    before = { hour, sha256: sha256(file.bytes).toString('hex') };
  }
  report.findings.push(...numbers.left().map(gapFinding), ...endFindings(report, { from, until }));
  return report;
}

/** Those from one hour up to, and without, another. */
function missingFiles(from: string | undefined, until: string): Finding[] {
  const findings: Finding[] = [];
  for (let hour = from; hour !== undefined && hour < until; hour = hourAfter(hour))
    findings.push({ file: fileNameOf(hour), problem: 'missing', text: 'there is no such file' });
  return findings;
}

function endFindings(
  { until: last }: ExportReport,
  { from, until }: Omit<Wanted, 'key'>,
): Finding[] {
  if (last === undefined && until === undefined)
    return [{ file: '', problem: 'missing', text: 'there is no file at all' }];
  if (until === undefined) return [];
  return missingFiles(last === undefined ? (from ?? until) : hourAfter(last), hourAfter(until));
}

function signatureFindings({ name, bytes, signature }: ExportedFile, key: VerifyingKey): Finding[] {
  if (!signature)
    return [{ file: signatureNameOf(name), problem: 'missing', text: 'there is no such file' }];
  if (isSignedFile(bytes, signature, key)) return [];
  return [
    {
      file: name,
      problem: 'changed',
      text: 'the signature is not of this file, or by another key',
    },
  ];
}

function contentFindings(
  { name, bytes }: ExportedFile,
  hour: string,
  { before, from }: { before: Before | undefined; from: string | undefined },
): { events: EventLine[]; findings: Finding[] } {
  const changed = (text: string): Finding => ({ file: name, problem: 'changed', text });
  try {
    const { head, events } = readFile(bytes);
    const findings: Finding[] = [];
    if (head.hour !== hour) findings.push(changed(`it says that it is of ${head.hour}`));
    if (before === undefined && from === undefined && head.previous)
      findings.push({
        file: fileNameOf(head.previous.hour),
        problem: 'missing',
        text: `${name} goes on from it`,
      });
    if (before && hourAfter(before.hour) === hour && head.previous?.sha256 !== before.sha256)
      findings.push(changed(`it does not go on from ${fileNameOf(before.hour)} as that is here`));
    return { events, findings };
  } catch (error) {
    return { events: [], findings: [changed((error as Error).message)] };
  }
}

function orderFindings(file: string, events: readonly EventLine[]): Finding[] {
  return events.flatMap(({ id }, index) => {
    const previous = events[index - 1]?.id;
    if (previous === undefined || previous < id) return [];
    const text = previous === id ? 'it is there twice' : 'it comes after a later one';
    return [{ file, event: id, problem: 'out of order' as const, text }];
  });
}

const gapFinding = ({ file, subject, seq, event }: Gap): Finding =>
  event === undefined
    ? { file, problem: 'missing', text: `event ${seq} of ${subject} is not here` }
    : {
        file,
        event,
        problem: 'changed',
        text: `another event of ${subject} has the number ${seq}, too`,
      };
