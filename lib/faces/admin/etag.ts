/**
 * Entity tags: which state of a thing somebody saw. A change names the state that it is meant for, so
 * that nobody overwrites what they have not seen. `If-Match: *` says "whatever is there", and has to be
 * said.
 *
 * Errors: `precondition_required` (428) for a change without If-Match, `invalid_request` for one that
 *         cannot be read. A tag that does not match is refused by the rule that makes the change (412).
 *
 * @module
 * @see RFC 9110 §8.8.3 (ETag), §13.1.1 (If-Match compares strongly), RFC 6585 §3 (428)
 */
import { sha256 } from '../../crypto.ts';
import { refuse, refuseField } from '../../errors.ts';
import type { HttpRequest } from '../../http/request.ts';

/** @param state - All that makes one state differ from another. */
export const etagOf = (...state: unknown[]): string =>
  `"${sha256(JSON.stringify(ordered(state)))
    .toString('base64url')
    .slice(0, 22)}"`;

/** DynamoDB keeps no order of an object's members. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return members.map(([name, member]) => [name, ordered(member)]);
}

const TAG = /^(W\/)?"[\x21\x23-\x7e]*"$/;

/** For a change. @returns Whether a thing with this tag may be changed. */
export function requiredMatch(request: HttpRequest): (tag: string) => boolean {
  const admits = optionalMatch(request);
  if (!admits)
    throw refuse(
      'precondition_required',
      'if-match-missing',
      'If-Match is needed: the ETag of what is to be changed, or * for whatever is there.',
    );
  return admits;
}

/** For a deletion, which needs none: there is nothing of somebody else's to overwrite. */
export function optionalMatch({ headers }: HttpRequest): ((tag: string) => boolean) | undefined {
  const sent = headers['if-match'];
  if (sent === undefined) return undefined;
  if (sent.trim() === '*') return () => true;
  const tags = sent.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => TAG.test(tag)))
    throw refuseField('If-Match', 'if-match-malformed', 'must be entity tags or *');
  return (tag) => tags.includes(tag);
}
