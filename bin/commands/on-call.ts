/**
 * The commands of whoever is on call or audits: what happened, who used it, who could.
 *
 * @module
 */
import type { Command } from './command.ts';
import { statistics } from './statistics.ts';
import { status } from './status.ts';
import { top } from './top.ts';
import { unused } from './unused.ts';
import { used } from './used.ts';
import { whoCan } from './who-can.ts';
import { why } from './why.ts';

export const ON_CALL_COMMANDS: Readonly<Record<string, Command>> = {
  status,
  statistics,
  why,
  used,
  top,
  'who-can': whoCan,
  unused,
};
