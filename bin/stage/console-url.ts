/**
 * Where the console of a stage is, as its stack says.
 *
 * @module
 */
import { outputOf } from './output.ts';

/** @returns `undefined` where the stage leaves it out. */
export const consoleUrlOf = (stage: string): Promise<string | undefined> =>
  outputOf(stage, 'ConsoleUrl');
