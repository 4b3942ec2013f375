/**
 * Which test file meets which mutant, and how long it takes: one run of each file with no mutant on. Kept in
 * `.build/`, and measured again for a test file that has changed, or for all when anything else has.
 *
 * It says which tests are tried: one that is out of date can only let a mutant live.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Instrumented } from './instrument.ts';
import type { Session } from './session.ts';

/** The mutants by their keys. */
type Met = { milliseconds: number; mutants: string[] };
/** By test file; one that meets no mutant is left out. */
export type Coverage = ReadonlyMap<string, Met>;

/** With the hashes of the test file, and of all that any may depend on. */
type Kept = Record<string, Met & { own: string; shared: string }>;

const KEPT = '.build/mutants/coverage.json';
const SHARED = ['{lib,functions,dev}/**/*.ts', 'test/{support,fixtures}/**', 'serverless.yml'];
const PATIENCE = 600_000;
/** In place of a hash: asked again in the next run, unless that keeps what there is. */
const FAILED = '-';

type Plan = Instrumented & {
  /** Takes what was measured before for what has not changed itself. */
  keep: boolean;
  say: (line: string) => void;
};

export async function measure(
  session: Session,
  { code, mutants, keep, say }: Plan,
): Promise<Coverage> {
  const keys = new Map(mutants.map(({ id, key }) => [id, key]));
  const shared = keep ? '' : hashOf([...code.values(), ...filesBelow(SHARED)]);
  const kept = readKept();
  const now: Kept = {};
  for (const [index, file] of session.files.entries()) {
    const own = hashOf([readFileSync(file, 'utf8')]);
    const before = kept[file];
    if (before?.own === own && (keep || before.shared === shared)) {
      now[file] = before;
      continue;
    }
    const { failed, milliseconds, met } = await meet(session, file);
    say(`${index + 1} of ${session.files.length}, ${file} meets ${met.length}`);
    if (failed) say(`left out, since it fails without a mutant: ${failed}`);
    const mutants = met.map((id) => keys.get(id) ?? id);
    now[file] = { own, shared: failed ? FAILED : shared, milliseconds, mutants };
    mkdirSync(dirname(KEPT), { recursive: true });
    writeFileSync(KEPT, JSON.stringify({ ...kept, ...now }));
  }
  return new Map(Object.entries(now).filter(([, { mutants: met }]) => met.length > 0));
}

const filesBelow = (patterns: string[]): string[] =>
  globSync(patterns, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));

type Meeting = { milliseconds: number; met: string[]; failed?: string };

/** A file that fails without a mutant can judge none. */
async function meet(session: Session, file: string): Promise<Meeting> {
  const first = await session.run({ file, limit: PATIENCE });
  // A machine with other work to do is slow, not wrong.
  const last = first.status === 'passed' ? first : await session.run({ file, limit: PATIENCE });
  const milliseconds = Math.round(last.milliseconds);
  if (last.status === 'passed') return { milliseconds, met: last.met };
  return { milliseconds, met: [], failed: last.test || last.error };
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
