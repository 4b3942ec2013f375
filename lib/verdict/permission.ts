/**
 * What a call asks for, and what comes of it.
 *
 * @module
 */
import type { Action } from './acl.ts';

export type RequestedCall = { method: string; path: string };
/** `own`: the backend must let the caller see only what is the caller's own. */
export type Permission = { resource: string; action: Action; own: boolean };
/** `rule` says which check it was, for programs; `reason` says it in words, for people who may know. */
export type Refusal = {
  rule: 'scope-without-power' | 'path-of-no-resource' | 'method-without-letter' | 'letter-not-held';
  reason: string;
  resource?: string;
  action?: Action;
};
