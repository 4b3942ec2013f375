/**
 * Whether a grant is still with whom the user gave it to: its client exists, is not disabled, and has
 * neither been signed out since nor been replaced by another one of the same id.
 *
 * NOT checked: the client's domain, which its own authentication is held against.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { readActor } from '../store/reads/verdict.ts';
import type { Session } from '../store/sessions/sessions.ts';

/**
 * @param read - Perhaps the client; where it is somebody else, the client is read now.
 * @returns Why it is not; `undefined` too for a session that is no grant.
 */
export async function endOfClient(
  tables: Tables,
  session: Session,
  read: Subject | undefined,
): Promise<string | undefined> {
  if (!('clientGeneration' in session) || session.clientGeneration === undefined) return undefined;
  const { client: id, clientGeneration } = session;
  const client = read?.id === id ? read : await readActor(tables, id);
  if (client?.kind !== 'client') return 'the client is gone';
  if (client.disabled) return 'the client is disabled';
  return client.generation === clientGeneration ? undefined : 'the client was signed out';
}
