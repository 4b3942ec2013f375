/**
 * A line of the log, as it is: Lambda's runtime puts the time, an id and a level in front of what goes
 * through `console`, which is no JSON any more for a metric filter, and no metric for CloudWatch.
 *
 * @module
 * @see aws-lambda-ric, logging/formatter, formatTextMessage()
 */
import { Console } from 'node:console';

const out = process.env['AWS_LAMBDA_RUNTIME_API']
  ? new Console(process.stdout, process.stderr)
  : console;

type Line = Readonly<Record<string, unknown>> & { level: 'info' | 'error' };

export const writeLine = (line: Line): void => out[line.level](JSON.stringify(line));
