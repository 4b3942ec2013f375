/**
 * On what terms a call changes or deletes a thing: only as its caller has seen it (If-Match), and with a
 * trace.
 *
 * Errors: as in etag.ts.
 *
 * @module
 */
import type { Trail } from '../../events/trail.ts';
import type { Call } from './call.ts';
import { optionalMatch, requiredMatch } from './etag.ts';

type Seen<T> = { admits: (thing: T) => boolean };
type TagOf<T> = (thing: T) => string;
type Sent = Pick<Call, 'request' | 'trail'>;

export function changing<T>({ request, trail }: Sent, tagOf: TagOf<T>): Seen<T> & { trail: Trail } {
  const matches = requiredMatch(request);
  return { trail, admits: (thing) => matches(tagOf(thing)) };
}

/** Where nothing of somebody else's is overwritten, the tag may be left out. */
export function deleting<T>(
  { request, trail }: Sent,
  tagOf: TagOf<T>,
): Partial<Seen<T>> & { trail: Trail } {
  const matches = optionalMatch(request);
  return { trail, ...(matches && { admits: (thing) => matches(tagOf(thing)) }) };
}
