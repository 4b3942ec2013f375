/**
 * latchkey user import: users of another system, from a file of any size, as its own lines say.
 *
 * What is not taken goes into a report, one JSON a line: { line, status, username?, rule?, field?, detail }.
 * How far it came stands beside the file meanwhile, so that what broke off goes on with --resume. Neither
 * holds a hash.
 *
 * @module
 */
import { adminApi } from '../api/admin-api.ts';
import { WHERE } from '../api/service-url.ts';
import { type Command, command } from './command.ts';
import { Failure, Misuse } from './failure.ts';
import { type Counts, EXISTING, importAll, type Terms } from './import/batches.ts';
import { firebaseKeys } from './import/firebase-keys.ts';
import { openProgress, type Progress } from './import/progress.ts';
import { type Format, readUsers } from './import/read-users.ts';

export const userImport: Command = command({
  summary:
    'makes the users of a file, JSON lines or CSV, who keep their passwords where it has the hashes; exit 1 where some were refused',
  operands: ['FILE'],
  usage: [
    '[--format jsonl|csv] [--dry-run] [--trust-verified] [--on-exists skip|update|refuse]',
    '[--replace-passwords] [--resume] [--report FILE] [--firebase-keys FILE]',
  ].join(' '),
  options: {
    ...WHERE,
    format: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    'trust-verified': { type: 'boolean', default: false },
    'on-exists': { type: 'string', default: 'skip' },
    'replace-passwords': { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    report: { type: 'string' },
    'firebase-keys': { type: 'string' },
  },
  async run([file = ''], { url, local, resume, 'dry-run': dryRun, ...given }) {
    if (dryRun && resume) throw new Misuse('--dry-run does nothing that could be resumed');
    const terms = termsOf(given, dryRun);
    const api = adminApi({ url, local });
    const keys = given['firebase-keys'] ? firebaseKeys(given['firebase-keys']) : undefined;
    const users = readUsers(file, formatOf(file, given.format), keys);
    const progress = openProgress({ file, resume, dryRun, report: given.report });
    const counts = await importAll(api, users, progress, terms).catch((error: unknown) => {
      if (!dryRun) console.error(howFar(progress));
      throw error;
    });
    progress.finish();
    return {
      json: { ...counts, report: counts.told > 0 ? progress.report : undefined },
      text: textOf(counts, terms),
      ...(counts.told > 0 && { note: `why is in ${progress.report}` }),
      ...(counts.refused > 0 && { exitCode: 1 }),
    };
  },
});

const howFar = ({ isBegun, line }: Progress): string =>
  isBegun ? `all up to line ${line} is done: --resume goes on from there` : 'nothing was imported';

type Given = {
  'on-exists': string;
  'trust-verified': boolean;
  'replace-passwords': boolean;
};

function termsOf(given: Given, dryRun: boolean): Terms {
  const onExists = EXISTING.find((one) => one === given['on-exists']);
  if (!onExists) throw new Misuse(`--on-exists must be one of ${EXISTING.join(', ')}`);
  const replacePasswords = given['replace-passwords'];
  if (replacePasswords && onExists !== 'update')
    throw new Misuse('--replace-passwords is for --on-exists update');
  return { dryRun, trustVerified: given['trust-verified'], onExists, replacePasswords };
}

function formatOf(file: string, given: string | undefined): Format {
  const format = given ?? (/\.csv$/i.test(file) ? 'csv' : 'jsonl');
  if (format !== 'csv' && format !== 'jsonl') throw new Misuse('--format must be jsonl or csv');
  if (file === '-') throw new Failure('an import is read from a file, so that it can go on');
  return format;
}

const textOf = (
  { created, updated, existed, refused, untrusted }: Counts,
  { dryRun, onExists }: Terms,
): string =>
  [
    [
      `${created} ${dryRun ? 'would be created' : 'created'}`,
      ...(onExists === 'update' ? [`${updated} ${dryRun ? 'would be updated' : 'updated'}`] : []),
      `${existed} existed`,
      `${refused} refused`,
    ].join(', '),
    ...(untrusted > 0
      ? [`${untrusted} were said to be verified, and are not: --trust-verified believes it`]
      : []),
  ].join('\n');
