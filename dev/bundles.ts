/**
 * The bundles that a local stack runs: kept by what they were built of, so that a start with the same sources
 * builds nothing.
 *
 * @module
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildFunctions } from '../build/functions.ts';
import { sourcesOfConsole } from '../console/build/bundle.ts';
import { BUILD_DIR, ROOT } from './services.ts';

const KEPT = join(BUILD_DIR, 'bundles');
const DAY_MS = 86_400_000;
/** The lock file stands for the packages. */
const SOURCES = ['functions/**/*', 'lib/**/*', 'build/*.ts', 'package-lock.json'];

/** Of all that decides what is built. */
export function digestOfSources(): string {
  const own = globSync(SOURCES, { cwd: ROOT }).map((path) => join(ROOT, path));
  const hash = createHash('sha256');
  for (const file of [...own, ...sourcesOfConsole().watchFiles].sort())
    if (statSync(file).isFile()) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 24);
}

/**
 * A stack that watches has them where they are built again; the others share what is never changed.
 *
 * @returns The folder of the bundles.
 */
export async function bundle(digest: string, watched: boolean): Promise<string> {
  const kept = join(KEPT, digest);
  if (!existsSync(kept)) await build(kept);
  if (!watched) return kept;
  const functions = join(BUILD_DIR, 'functions');
  // Renamed into place, since another stack may be reading what is there.
  const fresh = `${functions}.${process.pid}`;
  cpSync(join(kept, 'functions'), fresh, { recursive: true });
  rmSync(functions, { recursive: true, force: true });
  renameSync(fresh, functions);
  return BUILD_DIR;
}

async function build(kept: string): Promise<void> {
  const work = `${kept}.${randomUUID()}`;
  try {
    await buildFunctions({ outdir: join(work, 'functions') });
    forgetOld();
    // In one step, so that nobody sees half of it.
    renameSync(work, kept);
  } catch (error) {
    // Another one was quicker.
    if (!existsSync(kept)) throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Of a running stack none is that old, but of one that watches, which has its own. */
function forgetOld(): void {
  for (const name of readdirSync(KEPT)) {
    const path = join(KEPT, name);
    if (Date.now() - statSync(path).mtimeMs > DAY_MS)
      rmSync(path, { recursive: true, force: true });
  }
}
