/**
 * That mails to a user's address came back, or that somebody called one spam: nothing more is sent there.
 *
 * @module
 */
import type { Tables } from '../../aws/tables.ts';
import type { User } from '../../store/directory/users.ts';
import { readUndeliverable, type Undeliverable } from '../../store/sessions/mail.ts';

export { WHY_UNDELIVERABLE } from '../../store/sessions/mail.ts';

export async function withUndeliverable<T extends User>(
  { sessions }: Pick<Tables, 'sessions'>,
  user: T,
): Promise<T & { undeliverable?: Undeliverable }> {
  const undeliverable = user.email && (await readUndeliverable(sessions, user.email));
  return undeliverable ? { ...user, undeliverable } : user;
}
