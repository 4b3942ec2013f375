/**
 * Ends all sessions of a person but the one that asks, and with them whatever applications were given: the
 * generation rises, and this session is carried over by a second write. Without that it ends too.
 *
 * Errors: `invalid_token` for a person who is gone.
 *
 * @module
 */
import type { Tables } from '../aws/tables.ts';
import { AuthError } from '../errors.ts';
import { userSignedOut } from '../events/kinds/user.ts';
import type { Trail } from '../events/trail.ts';
import { raiseGeneration } from '../store/directory/revocation.ts';
import { subjectKey } from '../store/directory/subjects.ts';
import { carryOver } from '../store/sessions/sessions.ts';
import type { Caller } from '../verdict/judge.ts';

export async function endOtherSessions(
  { directory, sessions }: Tables,
  { subject, key }: Caller,
  trail: Trail,
): Promise<void> {
  const raised = await raiseGeneration(
    directory,
    subjectKey(subject.id),
    trail(userSignedOut(subject)),
  );
  if (!raised)
    throw new AuthError({
      code: 'invalid_token',
      rule: 'token-invalid',
      text: 'The token is not valid.',
      reason: 'the subject is gone',
    });
  // Somebody who raised it in between ends this one, too.
  const both = { from: subject.generation, to: subject.generation + 1 };
  await carryOver(sessions, { subject: subject.id, key }, both);
}
