/** Roles, users and who they are to the guards: what a test needs in order to be somebody. */

import { editRole, type RoleEdit } from '../../../lib/manage/roles/edit.ts';
import { createDomain } from '../../../lib/store/directory/domains.ts';
import type { User } from '../../../lib/store/directory/users.ts';
import { instant } from '../../../lib/time.ts';
import { type Caller, identify } from '../../../lib/verdict/judge.ts';
import type { Credential, Service } from '../running/service.ts';
import { saveNew } from './people.ts';

export const DOMAIN = 'mydomain.com';

export const makeUser = (
  { tables }: Service,
  username: string,
  roles: string[],
  domain = DOMAIN,
): Promise<User> => saveNew(tables.directory, { username, roles, domain });

/** As an operator would, past all rules but those of the hierarchy. */
export const makeRole = (
  { tables }: Service,
  role: Pick<RoleEdit, 'name' | 'acl'> & Partial<RoleEdit>,
): Promise<void> => editRole(tables.directory, { number: -1, parents: [], ...role });

export const makeDomain = ({ tables }: Service, name: string): Promise<boolean> =>
  createDomain(tables.directory, {
    name,
    disabled: false,
    passwords: 'seed',
    generation: Date.now(),
  });

/** The caller of a live session, as a guard gets it. */
export async function callerOf({ tables }: Service, { token }: Credential): Promise<Caller> {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const claim = { name: { subject: claims.sub, key: claims.sid }, hints: claims };
  const live = await identify(tables, claim, instant(Math.floor(Date.now() / 1000)));
  if (live.status === 'dead') throw new Error(live.reason);
  return live.caller;
}
