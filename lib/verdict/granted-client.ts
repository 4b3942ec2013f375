/**
 * Whether a grant is still with whom the user gave it to: its client exists, is not disabled, has
 * neither been signed out since nor been replaced by another one of the same id, and admits users of the
 * user's domain.
 *
 * NOT checked: the client's domain, which its own authentication is held against.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { readActor } from '../store/reads/verdict.ts';
import type { Session } from '../store/sessions/sessions.ts';
import { admits } from './admitted.ts';

/** For the log. */
export const NOT_ADMITTED = 'the client does not admit the domain of the user';

/** To whom a session was given. */
export type Recipient =
  | { status: 'live'; client: Subject | undefined }
  | { status: 'dead'; reason: string };

/**
 * @param read.client - Perhaps the client; where it is somebody else, the client is read now.
 * @returns No client for a session that is no grant.
 */
export async function grantedClient(
  tables: Tables,
  session: Session,
  { subject, client: read }: { subject: Subject; client: Subject | undefined },
): Promise<Recipient> {
  if (!('clientGeneration' in session) || session.clientGeneration === undefined)
    return { status: 'live', client: undefined };
  const { client: id, clientGeneration } = session;
  const client = read?.id === id ? read : await readActor(tables, id);
  if (client?.kind !== 'client') return dead('the client is gone');
  if (client.disabled) return dead('the client is disabled');
  if (client.generation !== clientGeneration) return dead('the client was signed out');
  return admits(client, subject) ? { status: 'live', client } : dead(NOT_ADMITTED);
}

const dead = (reason: string): Recipient => ({ status: 'dead', reason });
