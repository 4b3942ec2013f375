/**
 * What IAM has decided until now, as test/deploy/emulator/iam_log.py writes it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { inject } from 'vitest';

export type Decision = {
  principal: string;
  action: string;
  resource: string;
  decision: string;
};

/** @param who - A part of the ARN: `-FlushRole-`, `user/deployer`. */
export const decisionsOf = (who: string): Decision[] =>
  readFileSync(inject('shared').iamLog, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Decision)
    .filter(({ principal }) => principal.includes(who));
