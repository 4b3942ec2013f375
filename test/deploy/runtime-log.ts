/**
 * The line that Lambda's Node runtime writes when a function cannot start.
 *
 * The formatting is that of `structuredConsole.logError("Init Error", error)` in AWS's runtime client,
 * npm `aws-lambda-ric` 4.0.2, for Node 22 and newer: a package that compiles C++ on installation, so
 * its code is not here. The error is the bundle's own, thrown in a fresh process.
 *
 * @module
 * @see aws-lambda-ric 4.0.2, index.mjs: createRuntime, LogPatch, formatTextMessage, formatJsonMessage
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type LogFormat = 'text' | 'json';

const SCRIPT = `
  const { format } = require('node:util');
  const [bundle, logFormat] = process.argv.slice(1);
  const own = (error) => ({
    errorType: error.name, errorMessage: error.message, code: error.code, ...error,
    stack: error.stack.split('\\n'),
  });
  const traced = (error) => ({
    errorType: error.constructor.name, errorMessage: error.message,
    stackTrace: error.stack.split('\\n'), ...error,
  });
  try {
    require(bundle);
  } catch (error) {
    const timestamp = new Date().toISOString();
    const text = format('Init Error', '\\t' + JSON.stringify(own(error)));
    const json = { timestamp, level: 'ERROR', requestId: '-', message: traced(error) };
    const line = [timestamp, '-', 'ERROR', text].join('\\t');
    console.log((logFormat === 'json' ? JSON.stringify(json) : line).replaceAll('\\n', '\\r'));
  }
`;

/** @returns The line; empty for a bundle that starts. */
export async function initLine(
  bundle: string,
  env: Record<string, string>,
  logFormat: LogFormat,
): Promise<string> {
  const args = ['--input-type=commonjs', '-e', SCRIPT, bundle, logFormat];
  const { stdout } = await run(process.execPath, args, { env });
  return stdout.trimEnd();
}
