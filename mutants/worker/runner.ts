/** Runs one test file with one mutant on, stops at its first failure, and says which mutants it met. */
import { inject, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The id of the mutant that is on; empty for none. */
    mutant: string;
  }
  interface TaskMeta {
    /** Ids of mutants. */
    met?: string[];
  }
}

/** What Stryker's switches read and write. */
type Switches = {
  activeMutant?: string;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, never> };
};
const global = globalThis as {
  __stryker__?: Switches;
  keepsCall?: (id: string) => boolean;
};
global.__stryker__ ??= {};
const switches = global.__stryker__;

// biome-ignore lint/style/noDefaultExport: Vitest takes a runner as a module's default.
export default class MutantRunner extends TestRunner {
  #met: Record<string, number> = {};

  onBeforeCollect(): void {
    const mutant = inject('mutant');
    this.#met = {};
    switches.activeMutant = mutant;
    if (switches.mutantCoverage) switches.mutantCoverage.static = this.#met;
    else switches.mutantCoverage = { static: this.#met, perTest: {} };
    global.keepsCall = (id) => {
      this.#met[id] = 1;
      return id !== mutant;
    };
  }

  override onAfterRunTask(test: RunnerTestCase): void {
    super.onAfterRunTask(test);
    if (test.result?.state === 'fail') this.cancel('test-failure');
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    if (!inject('mutant') && 'filepath' in suite) suite.meta.met = Object.keys(this.#met);
    await super.onAfterRunSuite(suite);
  }
}
