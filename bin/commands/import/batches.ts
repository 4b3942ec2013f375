/**
 * An import, a batch after another: as many users as one request takes, by number and by size.
 *
 * A batch whose answer never came is sent again, with the same import and the same lines: so the service
 * makes nobody twice, and says of each what it had said then.
 *
 * @module
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { AdminApi } from '../../api/admin-api.ts';
import { Refused, Unreachable } from '../failure.ts';
import type { Progress } from './progress.ts';
import type { Line, UserOfFile } from './read-users.ts';

export type { Counts } from './progress.ts';

export const EXISTING = ['skip', 'update', 'refuse'] as const;
export type Terms = {
  dryRun: boolean;
  trustVerified: boolean;
  /** What becomes of somebody who is there. */
  onExists: (typeof EXISTING)[number];
  replacePasswords: boolean;
};
type Result = {
  status: 'created' | 'updated' | 'ready' | 'differs' | 'exists' | 'refused';
  rule?: string;
  field?: string;
  detail?: string;
};
type Batch = Line[];

const MAX_USERS = 100;
/** Of the body that the service takes, in bytes, with room for what stands around the users. */
const MAX_BYTES = 60_000;
/** Of times that a batch is sent; the pauses between them are seconds, doubled each time. */
const TRIES = 5;
/** Of names that are held, so that the memory has a bound; the service knows of all whom it has made. */
const MAX_SEEN = 1_000_000;

export async function importAll(
  api: AdminApi,
  lines: AsyncIterable<Line>,
  progress: Progress,
  terms: Terms,
): Promise<Progress['counts']> {
  const seen = new Map<string, number>();
  const { isTTY } = process.stderr;
  for await (const batch of batches(lines, progress.line)) {
    progress.begin();
    await importBatch(api, batch, { progress, terms, seen });
    if (isTTY) process.stderr.write(`\rline ${progress.line}`);
  }
  if (isTTY) process.stderr.write('\n');
  return progress.counts;
}

/** Without those that are done already. */
async function* batches(lines: AsyncIterable<Line>, done: number): AsyncGenerator<Batch> {
  let batch: Batch = [];
  let bytes = 0;
  for await (const one of lines) {
    if (one.line <= done) continue;
    const size = Buffer.byteLength(JSON.stringify(one.user ?? '')) + 1;
    if (batch.length >= MAX_USERS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(size > MAX_BYTES ? { line: one.line, problem: 'is too large' } : one);
    bytes += size > MAX_BYTES ? 0 : size;
  }
  if (batch.length > 0) yield batch;
}

type Run = { progress: Progress; terms: Terms; seen: Map<string, number> };
type Told = Result & { line: number; user: UserOfFile | undefined };

async function importBatch(api: AdminApi, batch: Batch, { progress, terms, seen }: Run) {
  const sent: { line: number; user: UserOfFile }[] = [];
  const told: Told[] = [];
  for (const { line, user, problem = namedBefore(user, line, seen) } of batch) {
    if (user && problem === undefined) sent.push({ line, user });
    else told.push({ line, user, status: 'refused', detail: problem ?? 'is no user' });
  }
  const results = await send(api, sent, { ...terms, id: progress.id });
  for (const [at, one] of sent.entries())
    told.push({ ...one, ...(results[at] ?? { status: 'refused', detail: 'was not answered' }) });
  for (const one of told) count(progress.counts, one, terms);
  const stayedOut = told.filter((one) => isTold(one, terms));
  progress.tell(stayedOut.sort((one, other) => one.line - other.line).map(reported));
  progress.reached(batch.at(-1)?.line ?? progress.line);
}

/** The service tells so, too, once the first of them is made; a dry run makes none. */
function namedBefore(
  user: UserOfFile | undefined,
  line: number,
  seen: Map<string, number>,
): string | undefined {
  const name = user?.['username'];
  if (typeof name !== 'string') return undefined;
  const normal = name.normalize('NFKC').toLowerCase().trim();
  const before = seen.get(normal);
  if (before !== undefined) return `has the name of line ${before}`;
  if (seen.size < MAX_SEEN) seen.set(normal, line);
  return undefined;
}

function count(counts: Progress['counts'], one: Told, terms: Terms): void {
  const { status, user } = one;
  const isMade = status === 'created' || status === 'ready';
  const isChanged = status === 'updated' || status === 'differs';
  if (isMade) counts.created += 1;
  else if (isChanged) counts.updated += 1;
  else if (status === 'exists' && terms.onExists !== 'refuse') counts.existed += 1;
  else counts.refused += 1;
  if (isTold(one, terms)) counts.told += 1;
  if ((isMade || isChanged) && !terms.trustVerified && isSaidToBeVerified(user))
    counts.untrusted += 1;
}

/** Who exists and does not differ is as the file says. */
const isTold = ({ status }: Told, { onExists }: Terms): boolean =>
  status === 'refused' || (status === 'exists' && onExists !== 'update');

const isSaidToBeVerified = (user: UserOfFile | undefined): boolean =>
  Object.values(user?.['verified'] ?? {}).includes(true);

/** Whom it was about, and nothing else of them. */
const reported = ({ line, status, user, rule, field, detail }: Told): object => ({
  line,
  status,
  ...(typeof user?.['username'] === 'string' && { username: user['username'] }),
  rule,
  field,
  detail,
});

async function send(
  api: AdminApi,
  sent: readonly { line: number; user: UserOfFile }[],
  { id, onExists, ...terms }: Terms & { id: string },
): Promise<Result[]> {
  if (sent.length === 0) return [];
  const body = {
    users: sent.map(({ user }) => user),
    import: { id, lines: sent.map(({ line }) => line) },
    onExists: onExists === 'update' ? 'update' : 'skip',
    ...terms,
  };
  for (let tries = 1; ; tries++) {
    try {
      const answer = await api.create(['users', 'imports'], body);
      return answer.body['results'] as Result[];
    } catch (error) {
      if (tries >= TRIES || !isPassing(error)) throw error;
      await pause(1000 * 2 ** (tries - 1));
    }
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof Refused && (error.status === 429 || error.status >= 500));
