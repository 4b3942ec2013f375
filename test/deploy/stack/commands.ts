/**
 * Runs commands in the clone, with the AWS of this machine as the AWS.
 *
 * @module
 */
import { inject } from 'vitest';
import { type Credentials, ROOT_CREDENTIALS } from './credentials.ts';
import { type Ended, shell, typed } from './terminal.ts';

type Where = {
  /** Below the clone, or another one. */
  cwd?: string;
  credentials?: Credentials;
  /** Typed when asked for it. */
  password?: string;
};

/** Runs to the end, whatever that is. */
export function attempt(line: string, where: Where = {}): Promise<Ended> {
  const { endpoint, folder, clone } = inject('shared');
  const { cwd = clone, credentials = ROOT_CREDENTIALS, password } = where;
  const cache = process.env['NODE_COMPILE_CACHE'];
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    npm_config_update_notifier: 'false',
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // Milliseconds between two looks at a deployment.
    SLS_AWS_MONITORING_FREQUENCY: '500',
    ...(cache && { NODE_COMPILE_CACHE: cache }),
  };
  return password === undefined ? shell(line, { cwd, env }) : typed(line, { cwd, env }, password);
}

/** @returns What it said. @throws Error unless it succeeds. */
export async function command(line: string, where: Where = {}): Promise<string> {
  const { code, output } = await attempt(line, where);
  if (code !== 0) throw new Error(`${line}: exit ${code}\n${output}`);
  return output;
}
