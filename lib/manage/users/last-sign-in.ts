/**
 * When users last signed in, or were let into a client: at most some seconds late, since it is the reader of the
 * events who notes it. Nothing is known of a sign-in whose event could not be written.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import { subjectOf } from '../../events/kinds/happened.ts';
import type { User } from '../../store/directory/users.ts';
import { readSignInTimes } from '../../store/events/number.ts';
import type { Instant } from '../../time.ts';

/** @param users - At most 100. */
export async function withLastSignIn(
  events: Table,
  users: readonly User[],
): Promise<(User & { lastSignIn: Instant | undefined })[]> {
  const times = await readSignInTimes(
    events,
    users.map(({ id }) => subjectOf(id)),
  );
  return users.map((user) => ({ ...user, lastSignIn: times.get(subjectOf(user.id)) }));
}
