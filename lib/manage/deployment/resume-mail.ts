/**
 * That an address gets mails again that came back from it, or that somebody called spam: told in the trail, of
 * the user whose address it is, together with the end of the mark.
 *
 * @module
 */
import type { Tables } from '../../aws/tables.ts';
import { transact } from '../../aws/transaction.ts';
import { mailResumed } from '../../events/kinds/mail.ts';
import type { Trail } from '../../events/trail.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { findUserId } from '../../store/directory/login-owners.ts';
import { readUser, type User } from '../../store/directory/users.ts';
import { isSameAddress, readUndeliverable, unmarking } from '../../store/sessions/mail.ts';

type Both = Pick<Tables, 'directory' | 'sessions'>;

/** @param address - As a mail is sent to it. @returns `false` where there was no mark. */
export async function resumeMail(
  { directory, sessions }: Both,
  address: string,
  trail: Trail,
): Promise<boolean> {
  const mark = await readUndeliverable(sessions, address);
  if (!mark) return false;
  const user = await userAt(directory, address);
  const told = trail(mailResumed({ address, user }, mark));
  const [isGone] = await transact([unmarking(sessions, address), ...told]);
  return !isGone;
}

async function userAt(directory: Tables['directory'], address: string): Promise<User | undefined> {
  const name = normaliseLoginName(address);
  const id = name === undefined ? undefined : await findUserId(directory, name);
  const user = id === undefined ? undefined : await readUser(directory, id);
  return user?.email !== undefined && isSameAddress(user.email, address) ? user : undefined;
}
