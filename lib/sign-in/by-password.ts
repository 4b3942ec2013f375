/**
 * A name and a password for a session, at a face of ours: only what is read and what is answered
 * differs from one to another.
 *
 * Units:  lifetime is seconds.
 * Errors: `too_many_attempts`. Other refusals are answers.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import type { CalledFrom } from '../events/trail.ts';
import type { Product } from '../products.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { Seconds } from '../time.ts';
import type { Refusal, SignedIn } from './authenticate.ts';
import { authenticateCounted } from './count-failures.ts';
import { type OpenedSession, openSession, type SessionServices } from './open-session.ts';

/** What the sessions of a face are like. */
export type Door<Who = SignedIn> = {
  /** Their kind, and the `client_id` of their tokens. */
  client: Product;
  lifetime: Seconds;
  /** Where its product lets nobody in who has not been activated. */
  activatedOnly?: boolean;
  /** What its clients look for in a token beside our own claims. */
  claims: (who: Who) => Record<string, unknown>;
};
export type SignInServices = SessionServices & { directory: Table };
export type Login = { username: string; password: string; from: CalledFrom };
export type SignedInBy = (SignedIn & { session: OpenedSession }) | { status: Refusal };

export async function signInByPassword(
  services: SignInServices,
  { username, password, from }: Login,
  door: Door,
): Promise<SignedInBy> {
  services.keyring.prepare();
  const { activatedOnly = false } = door;
  const login = { username, password, from, activatedOnly, client: door.client };
  const signedIn = await authenticateCounted(services, login);
  if (signedIn.status !== 'ok') return signedIn;
  return { ...signedIn, session: await openAt(services, door, signedIn, from) };
}

/** For somebody who has just been proven, or made. */
export const openAt = <Who extends { subject: Subject; domain: Domain }>(
  services: SessionServices,
  { client, lifetime, claims }: Door<Who>,
  who: Who,
  from: CalledFrom,
): Promise<OpenedSession> =>
  openSession(services, who, {
    kind: client,
    client,
    lifetime,
    from,
    how: 'dialect',
    claims: claims(who),
  });
