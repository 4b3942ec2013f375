/**
 * Log lines as JSON, one an event. No value that a caller sent ever goes in.
 *
 * @module
 * @see CloudWatch User Guide, "Specification: Embedded metric format": a line that is a metric too
 */
import { type AuthError, Fault } from './errors.ts';

type Details = Readonly<Record<string, unknown>>;

/** Makes a line count in a metric, by function and code, at the price of no request. */
export const counted = (namespace: string, name: string, details: Details): Details => ({
  ...details,
  [name]: 1,
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      {
        Namespace: namespace,
        Dimensions: [['function', 'code']],
        Metrics: [{ Name: name, Unit: 'Count' }],
      },
    ],
  },
});

/** For operators, of something that is neither. */
export const logNotice = (code: string, details: Details): void =>
  console.info(JSON.stringify({ level: 'info', code, ...details }));

/** A refusal is the caller's doing: a line to look up, not to be paged for. */
export const logRefusal = (code: string, reason: string, details: Details): void =>
  console.info(JSON.stringify({ level: 'info', code, reason, ...details }));

/** A fault is ours or AWS's. */
export const logFault = ({ said: { code, reason, cause } }: AuthError, details: Details): void =>
  console.error(
    JSON.stringify({ level: 'error', code, reason, cause: describe(cause), ...details }),
  );

/** AWS's errors whose texts name roles, actions and resources; others quote what was sent. */
const SAFE = ['AccessDeniedException', 'ResourceNotFoundException'];

/** Whoever wrote the message of another error may have put in what it was given. */
function describe(cause: unknown): object | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { name, message, stack = '' } = cause;
  // The stack begins with the message, whose lines may look like frames.
  const frames = stack.replace(message, '').split('\n');
  return {
    name,
    ...((cause instanceof Fault || SAFE.includes(name)) && { message }),
    at: frames
      .filter((line) => line.startsWith('    at '))
      .slice(0, 5)
      .map((line) => line.trim()),
  };
}
