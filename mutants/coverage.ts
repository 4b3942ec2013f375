/**
 * Which test file meets which mutant, and how long it takes: one run of each file with no mutant on. Kept in
 * `.build/`, and measured again for a test file that has changed, or for all when anything else has.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  const shared = hashOf([...code.values(), ...filesBelow(SHARED)]);
  const kept = readKept();
  const now: Kept = {};
  for (const [index, file] of session.files.entries()) {
    const hash = hashOf([shared, readFileSync(file, 'utf8')]);
    const before = kept[file];
    if (before?.hash === hash) {
      now[file] = before;
      continue;
    }
    const { failed, ...met } = await meet(session, file);
    say(`${index + 1} of ${session.files.length}, ${file} meets ${met.mutants.length}`);
    if (failed) say(`left out, since it fails without a mutant: ${failed}`);
    else now[file] = { hash, ...met };
    mkdirSync(dirname(KEPT), { recursive: true });
    writeFileSync(KEPT, JSON.stringify({ ...kept, ...now }));
  }
  return new Map(Object.entries(now).filter(([, { mutants }]) => mutants.length > 0));
}

const filesBelow = (patterns: string[]): string[] =>
  globSync(patterns, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));

/** A file that fails without a mutant can judge none: it meets nothing. */
async function meet(session: Session, file: string): Promise<Met & { failed?: string }> {
  const first = await session.run({ file, limit: PATIENCE });
  // A machine with other work to do is slow, not wrong.
  const outcome = first.status === 'passed' ? first : await session.run({ file, limit: PATIENCE });
  const milliseconds = Math.round(outcome.milliseconds);
  if (outcome.status === 'passed') return { milliseconds, mutants: outcome.met };
  return { milliseconds, mutants: [], failed: outcome.by };
}

function readKept(): Kept {
  try {
    return JSON.parse(readFileSync(KEPT, 'utf8'));
  } catch {
    return {};
  }
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}
