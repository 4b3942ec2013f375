/**
 * Which test file meets which mutant, and how long it takes: one run of each file with no mutant on. Kept in
 * `.build/`, and measured again for a test file that has changed, or for all when anything else has.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Session } from './session.ts';

export type Met = { milliseconds: number; mutants: string[] };
/** By test file; one that meets no mutant is left out. */
export type Coverage = ReadonlyMap<string, Met>;

type Kept = Record<string, Met & { hash: string }>;

const KEPT = '.build/mutants/coverage.json';
const SHARED = ['{lib,functions,dev}/**/*.ts', 'test/{support,fixtures}/**', 'serverless.yml'];
const PATIENCE = 600_000;

/** @param say - Takes a line about each file that is run. */
export async function measure(
  session: Session,
  code: ReadonlyMap<string, string>,
  say: (line: string) => void,
): Promise<Coverage> {
  const shared = hashOf(
    ...code.values(),
    ...globSync(SHARED, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8')),
  );
  const kept = readKept();
  const now: Kept = {};
  for (const [index, file] of session.files.entries()) {
    const hash = hashOf(shared, readFileSync(file, 'utf8'));
    const before = kept[file];
    now[file] = before?.hash === hash ? before : { hash, ...(await meet(session, file)) };
    if (before?.hash === hash) continue;
    say(`met by ${file} (${index + 1} of ${session.files.length}): ${now[file].mutants.length}`);
    mkdirSync(dirname(KEPT), { recursive: true });
    writeFileSync(KEPT, JSON.stringify({ ...kept, ...now }));
  }
  return new Map(Object.entries(now).filter(([, { mutants }]) => mutants.length > 0));
}

async function meet(session: Session, file: string): Promise<Met> {
  const first = await session.run({ file, limit: PATIENCE });
  // A machine with other work to do is slow, not wrong.
  const outcome = first.status === 'passed' ? first : await session.run({ file, limit: PATIENCE });
  if (outcome.status !== 'passed') throw new Error(`${file} fails without a mutant: ${outcome.by}`);
  return { milliseconds: Math.round(outcome.milliseconds), mutants: outcome.met };
}

function readKept(): Kept {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8'));
  } catch {
    return {};
  }
}

function hashOf(...texts: string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}
