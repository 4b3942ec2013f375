/**
 * The options of commands that take a whole stage: none is meant unless it is named.
 *
 * @module
 */
import { DEPLOYMENT } from '../deployment.ts';
import { required } from './command.ts';
import { Misuse } from './failure.ts';

export const WHOLE_STAGE = { stage: { type: 'string' }, region: DEPLOYMENT.region } as const;
export const WHOLE_STAGE_USAGE = '--stage NAME [--region NAME]';

export function wholeStage(given: string | undefined): string {
  const stage = required(given, 'stage');
  if (!/^[A-Za-z0-9-]+$/.test(stage)) throw new Misuse('a stage has letters, digits and hyphens');
  return stage;
}
