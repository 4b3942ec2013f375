/** The kinds of event that reach the authorizer, as one table for `describe.each`. */
import { httpCall, restCall, tokenCall } from './events.ts';

type ToEvent = (call: string, headers: Record<string, string>) => unknown;

export const KINDS: [kind: string, toEvent: ToEvent][] = [
  ['HTTP API, payload 2.0', httpCall],
  ['REST API, REQUEST', restCall],
  ['REST API, TOKEN', (call, { authorization = '' }) => tokenCall(call, authorization)],
];
