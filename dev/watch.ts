/**
 * Reloads the functions when a source file changes.
 *
 * @module
 */
import { watch as watchFolder } from 'node:fs';
import { watchFunctions } from '../build/functions.ts';
import { digestOfSources } from './bundles.ts';
import type { LambdaHost } from './lambda.ts';
import { EXAMPLE_CODE } from './services.ts';

/**
 * Nobody waits for it: what is built first is what is there already.
 *
 * @param digest - Of the sources of what runs.
 * @returns What ends it.
 */
export function watchSources(
  lambda: LambdaHost,
  { digest, log }: { digest: string; log: (line: string) => void },
): () => Promise<void> {
  const watching = watchFunctions((error) => {
    if (error) log(`build failed, the old code stays: ${error.message}`);
    else lambda.reload();
  });
  watching.then(
    // What was edited while the stack started.
    () => digestOfSources() !== digest && lambda.reload(),
    (error: Error) => log(`sources are not watched: ${error.message}`),
  );
  const examples = watchFolder(EXAMPLE_CODE, () => lambda.reload());
  return async () => {
    examples.close();
    const watcher = await watching.catch(() => undefined);
    await watcher?.stop();
  };
}
