/** The kinds of event that reach the authorizer, as one table for `describe.each`. */
import { httpCall, httpV1Call, restCall, tokenCall } from './events.ts';

type ToEvent = (call: string, headers: Record<string, string>) => unknown;

export const KINDS: [kind: string, toEvent: ToEvent][] = [
  ['HTTP API, payload 2.0', httpCall],
  ['REST API, REQUEST', restCall],
  ['HTTP API, payload 1.0', httpV1Call],
  ['REST API, TOKEN', (call, { authorization = '' }) => tokenCall(call, authorization)],
];
