/**
 * The logs of the service: one a function, and what API Gateway writes of its calls.
 *
 * @module
 */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Log } from './asked.ts';

const FUNCTIONS = join(import.meta.dirname, '../../functions');

export const everyLog = (): Log[] => [
  ...globSync('*.ts', { cwd: FUNCTIONS })
    .map((file) => basename(file, '.ts'))
    .sort(),
  'access',
];
