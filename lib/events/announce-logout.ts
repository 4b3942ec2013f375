/**
 * Says, into a queue, that of this user something has ended; backchannel-logout.ts finds out what, and
 * which clients have to be told.
 *
 * Errors: none. Whoever signs out has signed out, and waits for no queue: a fault is only logged.
 *
 * @module
 */

import { enqueue, type Queue } from '../aws/queue.ts';
import { toAuthError } from '../errors.ts';
import { logFault } from '../log.ts';

/** Of this user something has ended. */
export type LogoutNews = { subject: string };
/** This client has to be told of this session. */
export type LogoutNotice = LogoutNews & { client: string; sid: string };
/** @param grant - One that is gone already, so that nobody could find it out. */
export type Announce = (subject: string, grant?: { client: string; sid: string }) => Promise<void>;

export const announceLogout =
  (queue: Queue): Announce =>
  async (subject, grant) => {
    try {
      await enqueue(queue, [{ subject, ...grant } satisfies LogoutNews]);
    } catch (error) {
      logFault(toAuthError(error), { rule: 'backchannel_logout' });
    }
  };
