/**
 * The suite, loaded once with every mutant inside: runs one test file with one mutant on, as often as asked.
 *
 * @module
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest, type TestSpecification, type Vitest } from 'vitest/node';
import { GUARD } from './calls.ts';
import { Keeper } from './worker/kept.ts';

export type Outcome = {
  status: 'passed' | 'failed' | 'timeout';
  /** The first test that failed; empty for an error outside of any. */
  test: string;
  error: string;
  /** Ids of the mutants that were met, where none was on. */
  met: string[];
  milliseconds: number;
};
export type Run = { file: string; mutant?: string; limit: number };
export type Session = Awaited<ReturnType<typeof startSession>>;

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** @param code - Of the instrumented files, by their paths from the project's root. */
export async function startSession(code: ReadonlyMap<string, string>) {
  // The global set-up loads the same modules, in this process.
  Object.assign(globalThis, { [GUARD]: () => true });
  const keeper = new Keeper();
  const vitest = await createVitest(
    'test',
    {
      config: here('vitest.config.ts'),
      root: here('..'),
      runner: here('worker/runner.ts'),
      pool: keeper as never,
      maxWorkers: 1,
      watch: false,
      silent: true,
      reporters: [{}],
      // Its key knows a plugin by its name alone, not what it inserts.
      fsModuleCache: false,
    },
    { plugins: [inserted(code)] },
  );
  const specifications = new Map(
    (await vitest.globTestSpecifications()).map((found) => [found.moduleId, found]),
  );
  const specificationOf = (file: string): TestSpecification => {
    const found = specifications.get(resolve(here('..'), file));
    if (!found) throw new Error(`${file} is no test file`);
    return found;
  };

  return {
    /** Paths from the project's root. */
    files: [...specifications.keys()].map((path) => path.slice(here('..').length)).sort(),
    run: ({ file, mutant = '', limit }: Run): Promise<Outcome> =>
      run(vitest, keeper, specificationOf(file), { mutant, limit }),
    /** The next run has a process of its own. */
    renew: () => keeper.end(),
    stop: async () => {
      keeper.end();
      await vitest.close();
    },
  };
}

/** Hands the instrumented texts to whatever loads these files through Vite. */
function inserted(code: ReadonlyMap<string, string>) {
  const byPath = new Map([...code].map(([file, text]) => [resolve(here('..'), file), text]));
  return {
    name: 'mutants',
    enforce: 'pre' as const,
    transform: (_text: string, id: string) => byPath.get(id),
  };
}

/** Vitest's own limits: of a test, of a hook, and of what is waited for. */
const isTimeOut = (message: string): boolean =>
  /timed out in \d+ms|did not succeed in time/.test(message);

async function run(
  vitest: Vitest,
  keeper: Keeper,
  specification: TestSpecification,
  { mutant, limit }: { mutant: string; limit: number },
): Promise<Outcome> {
  const project = specification.project;
  project.provide('mutant', mutant);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    keeper.end();
  }, limit);
  const start = performance.now();
  const { unhandledErrors } = await vitest.runTestSpecifications([specification]);
  clearTimeout(timer);
  const milliseconds = performance.now() - start;
  const tested = vitest.state
    .getTestModules()
    .find(({ moduleId }) => moduleId === specification.moduleId);
  if (late) return { status: 'timeout', test: '', error: 'a time-out', met: [], milliseconds };

  const failed = tested?.children.allTests('failed').next().value;
  const errors = [...(tested?.errors() ?? []), ...unhandledErrors] as { message?: string }[];
  const passed = tested?.state() === 'passed' && errors.length === 0;
  const why = [...(failed?.result().errors ?? []), ...errors].map(({ message = '' }) => message);
  return {
    status: passed ? 'passed' : why.some(isTimeOut) ? 'timeout' : 'failed',
    test: failed?.fullName ?? '',
    error: errors[0]?.message ?? '',
    met: tested?.meta().met ?? [],
    milliseconds,
  };
}
