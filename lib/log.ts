/**
 * Log lines as JSON, one an event. No value that a caller sent ever goes in.
 *
 * A line that is written while a call is answered says which call, however deep it comes from: its number
 * is on the error page, and nothing else leads from there to here.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type AuthError, Fault } from './errors.ts';
import { writeLine } from './log-line.ts';

type Details = Readonly<Record<string, unknown>>;

const calls = new AsyncLocalStorage<Record<string, unknown>>();

/** @param call - What each line says that `answer` writes. */
export const whileAnswering = <T>(call: Details, answer: () => Promise<T>): Promise<T> =>
  calls.run({ ...call }, answer);

/** The lines of this call say it as well, from now on. */
export const sayBesides = (members: Details): void =>
  void Object.assign(calls.getStore() ?? {}, members);

/** For operators, of something that is neither. */
export const logNotice = (code: string, details: Details): void =>
  writeLine({ level: 'info', code, ...calls.getStore(), ...details });

/** A refusal is the caller's doing: a line to look up, not to be paged for. */
export const logRefusal = (code: string, reason: string, details: Details): void =>
  writeLine({ level: 'info', code, reason, ...calls.getStore(), ...details });

/** What the authorizer decided: its own words, in which nothing is a caller's. */
export const logDecision = (members: Details): void => writeLine({ level: 'info', ...members });

/** A fault is ours or AWS's. */
export function logFault({ said }: AuthError, details: Details): void {
  const { code, reason, cause } = said;
  const what = { code, reason, cause: describe(cause) };
  writeLine({ level: 'error', ...what, ...calls.getStore(), ...details });
}

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
