/**
 * What a refusal carries for a REST API's gateway response of the type ACCESS_DENIED, which can put it into
 * the answer: `$context.authorizer.reason` and so on. Other kinds of API show nothing of it.
 *
 * Members: rule, reason, and challenge, a value for WWW-Authenticate with the scope that would do.
 * Form:    printable ASCII without quotes and backslashes, since a template puts it between quotes as it
 *          is; the challenge has its quotes, and belongs into a header alone.
 *
 * @module
 * @see RFC 6750 §3 (the challenge), §3.1 (insufficient_scope and its scope)
 */
import { challengeOf } from '../../http/challenge.ts';
import type { Refusal } from '../../verdict/judge.ts';
import type { Context } from './answer.ts';

export const refusalContext = ({ rule, reason, resource, action }: Refusal): Context => ({
  rule,
  reason: reason.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '?'),
  challenge: challengeOf('insufficient_scope', { resource, action })['www-authenticate'],
});
