/**
 * Says, into a queue, that of this user something has ended; backchannel-logout.ts finds out what, and
 * which clients have to be told.
 *
 * Errors: none. Whoever signs out has signed out, and waits for no queue: a fault is only logged.
 *
 * @module
 */
import { toAuthError } from '../errors.ts';
import { logFault } from '../http/log.ts';
import { enqueue, type Queue } from '../queue/queue.ts';

export type LogoutNews = { subject: string };
export type Announce = (subject: string) => Promise<void>;

export const announceLogout =
  (queue: Queue): Announce =>
  async (subject) => {
    try {
      await enqueue(queue, [{ subject } satisfies LogoutNews]);
    } catch (error) {
      logFault(toAuthError(error), { rule: 'backchannel_logout' });
    }
  };
