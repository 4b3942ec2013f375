/**
 * Reloads the functions when a source file changes.
 *
 * @module
 */
import { watch as watchFolder } from 'node:fs';
import { watchFunctions } from '../build.ts';
import type { LambdaHost } from './lambda.ts';
import { EXAMPLE_CODE } from './services.ts';

/** @returns What ends it. */
export async function watchSources(
  lambda: LambdaHost,
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  const watcher = await watchFunctions((error) => {
    if (error) log(`build failed, the old code stays: ${error.message}`);
    else lambda.reload();
  });
  const examples = watchFolder(EXAMPLE_CODE, () => lambda.reload());
  return async () => {
    examples.close();
    await watcher.stop();
  };
}
