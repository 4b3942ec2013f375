/**
 * What a WebSocket API makes of messages and of its functions' results.
 *
 * @module
 */
import * as v from 'valibot';
import { headersOf, PROXY_RESULT } from './proxy-result.ts';

const Result = v.object(PROXY_RESULT);

/** `accepted`: the subprotocol that the function chose. */
export type Accepted = { accepted: string | undefined };

/** @throws Error when the result is not of the proxy format. */
export function connectResult(result: unknown): Accepted | { refused: number; text: string } {
  const { statusCode, headers } = v.parse(Result, result);
  if (statusCode >= 300) return { refused: statusCode, text: 'Forbidden' };
  const chosen = headersOf(headers).find(([name]) => /^sec-websocket-protocol$/i.test(name));
  return { accepted: chosen?.[1] };
}

/** @returns Undefined for nothing to send. */
export function replyOf(result: unknown): string | undefined {
  if (result === null || result === undefined) return undefined;
  const isProxy = typeof result === 'object' && 'statusCode' in result;
  if (!isProxy) return typeof result === 'string' ? result : JSON.stringify(result);
  return v.parse(Result, result).body || undefined;
}

/** @returns The value at the path in the message, or undefined where there is none to compare. */
export function routeKeyOf(path: readonly string[], data: Buffer): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  // Routes that begin with a dollar sign are API Gateway's own, and no message may choose them.
  return typeof value === 'string' && !value.startsWith('$') ? value : undefined;
}
