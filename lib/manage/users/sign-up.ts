/**
 * Whether a user may be made, and by whom: by everybody, or only by those who hold one of some roles.
 * A new user holds the role `user` alone, in the one domain that the deployment names for this.
 *
 * Whoever does not hold `root` makes users in the own domain only; so where it is another than the
 * deployment's, none.
 *
 * Errors: `insufficient_scope` for who may not, and where no domain is named, or it is not there or
 *         switched off; `conflict` for a name that is taken; `invalid_request` naming the field;
 *         `invalid_token` where a caller is needed.
 *
 * @module
 */

import { isRoot } from '../../authority/grant.ts';
import type { Table } from '../../aws/table.ts';
import type { Config } from '../../config.ts';
import { refuse } from '../../errors.ts';
import { type Trail, type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requireCaller } from '../../guard/caller.ts';
import { type HttpRequest, originOf } from '../../http/request.ts';
import { type Door, openAt } from '../../sign-in/by-password.ts';
import type { OpenedSession, SessionServices } from '../../sign-in/open-session.ts';
import { type Domain, readDomain } from '../../store/directory/domains.ts';
import { readSettings } from '../../store/directory/settings.ts';
import type { User } from '../../store/directory/users.ts';
import { type EpochMilliseconds, startOf } from '../../time.ts';
import type { Caller } from '../../verdict/judge.ts';
import { traceOf } from './lifecycle.ts';
import { registerAnother } from './register.ts';

export type NewUser = { username: string; email: string; password: string };
type CreatePolicy = {
  /** Roles one of which the caller must hold; none: everybody may. */
  scopes: readonly string[];
  /** Where new users belong; empty: none are made. */
  domain: string;
};
type Created = { subject: User; domain: Domain };

export type SignUpServices = GuardServices &
  SessionServices & {
    trail: TrailServices;
    config: Pick<Config, 'apiUserCreateScope' | 'defaultDomain'>;
  };
export type SignedUp = Created & { session: OpenedSession };

type Creation = {
  caller: Caller | undefined;
  user: NewUser;
  now: EpochMilliseconds;
  trail?: Trail | undefined;
};

/**
 * Makes a user, and signs them in.
 *
 * @param request - Of whoever makes one, who needs to be nobody where everybody may.
 */
export async function signUp(
  services: SignUpServices,
  request: HttpRequest,
  user: NewUser,
  door: Door<{ subject: User }>,
): Promise<SignedUp> {
  const { tables, config, keyring, now } = services;
  const { directory } = tables;
  const { userCreateScope: scopes = config.apiUserCreateScope } = await readSettings(directory);
  const caller = scopes.length > 0 ? await requireCaller(services, request) : undefined;
  // Before the user is made: without a key no user is left behind whom nobody signed in.
  await keyring.signingKey('ES256');
  const policy = { scopes, domain: config.defaultDomain };
  const trail = trailFor(services, caller, request);
  const made = await createUser(directory, policy, { caller, user, now: startOf(now()), trail });
  return { ...made, session: await openAt(services, door, made, originOf(request)) };
}

/** @param now - Epoch milliseconds. */
async function createUser(
  directory: Table,
  { scopes, domain: name }: CreatePolicy,
  { caller, user, now, trail }: Creation,
): Promise<Created> {
  if (scopes.length > 0 && !mayCreate(caller, scopes, name))
    throw refuse('insufficient_scope', 'sign-up-closed', 'The caller may not make users.');
  const domain = name === '' ? undefined : await readDomain(directory, name);
  if (!domain || domain.disabled)
    throw refuse(
      'insufficient_scope',
      'sign-up-without-domain',
      'Users are not made here: DEFAULT_DOMAIN must name a domain that is in use.',
    );
  const registration = { ...user, roles: ['user'], domain: name };
  const subject = await registerAnother(directory, registration, now, (after) =>
    traceOf({ trail }, { after }),
  );
  return { subject, domain };
}

function mayCreate(caller: Caller | undefined, scopes: readonly string[], domain: string): boolean {
  if (!caller || (!isRoot(caller) && caller.subject.domain !== domain)) return false;
  // A session that its scope bounds to some resources has no say in what no resource stands for.
  return caller.power.whole && caller.roles.some((role) => scopes.includes(role));
}
