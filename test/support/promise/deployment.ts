/**
 * A deployment with one of each thing that a verdict depends on, four times over, run by several instances:
 * each has a client of its own, and so a memory of its own. All of them read and write.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tables } from '../../../lib/aws/tables.ts';
import { randomSecret } from '../../../lib/crypto.ts';
import { newClient } from '../../../lib/manage/clients/register.ts';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { newUser, saveNewUser } from '../../../lib/manage/users/register.ts';
import { readClient, saveClient } from '../../../lib/store/directory/clients.ts';
import {
  createDomain,
  raiseDomain,
  readDomain,
  saveDomain,
} from '../../../lib/store/directory/domains.ts';
import { afterSwitch, raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import type { SessionName } from '../../../lib/store/sessions/sessions.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';

export type Instance = Pick<Tables, 'directory' | 'sessions'>;
export const TENANTS = ['a', 'b', 'c', 'd'] as const;
export type Tenant = (typeof TENANTS)[number];
/** What is not so any more when it is read again: then the whole is done again. */
export const again = async (attempt: () => Promise<boolean>): Promise<void> => {
  while (!(await attempt()));
};

export const SCOPE = 'full_access';
/** Of each route, the switch that it needs beside those of whoever calls. */
export const ROUTES = { parent: 'Parent', own: 'Own', moved: 'Registry' } as const;
export type Route = keyof typeof ROUTES;

export const instanceOf = (
  client: DynamoDBClient,
  names: { directory: string; sessions: string },
): Instance => ({
  directory: { client, name: names.directory },
  sessions: { client, name: names.sessions },
});

/** Ids of who is made here, so that every instance knows them. */
export type Deployment = Awaited<ReturnType<typeof deploy>> & {
  /** Where keys are made in several copies: how many the next is to have, and the keys so far. */
  hot?: { copies: () => number; keys: SessionName[] };
};

/** @param instance - Anything may be named there already, or nothing. */
export async function deploy({ directory }: Instance, now = Date.now()) {
  const made = epochMilliseconds(now);
  const users = new Map<Tenant, string>();
  for (const tenant of TENANTS) {
    await createDomain(directory, { name: tenant, disabled: false, generation: made });
    for (const route of ['parent', 'own'])
      await registerResources(directory, { [`${route}-${tenant}`]: [] });
    await switches.Registry(directory, tenant, true);
    await switches.Parent(directory, tenant, true);
    await switches.Own(directory, tenant, true);
    const user = newUser({ username: `user ${tenant}`, roles: [tenant], domain: tenant }, made);
    await saveNewUser(directory, user, () => []);
    users.set(tenant, user.id);
    const registration = {
      ...{ id: `client-${tenant}`, name: tenant, domain: tenant, roles: [tenant] },
      scopes: [SCOPE],
    };
    await saveClient(directory, { after: newClient(registration, randomSecret(), made) });
  }
  const userOf = (tenant: Tenant): string => users.get(tenant) ?? '';
  const clientOf = (tenant: Tenant): string => `client-${tenant}`;
  return { userOf, clientOf, now: instant(Math.floor(now / 1000)) };
}

/** Each is done anew until it is done. */
export const switches = {
  Parent: (directory: Instance['directory'], tenant: Tenant, on: boolean) =>
    editRole(directory, {
      name: `parent ${tenant}`,
      number: -1,
      parents: [],
      acl: on ? { [`parent-${tenant}`]: ['r'] } : {},
    }),
  Own: (directory: Instance['directory'], tenant: Tenant, on: boolean) =>
    editRole(directory, {
      name: tenant,
      number: -1,
      parents: [`parent ${tenant}`],
      acl: { ...(on && { [`own-${tenant}`]: ['r'] }), [`moved-${tenant}`]: ['r'] },
    }),
  Registry: (directory: Instance['directory'], tenant: Tenant, on: boolean) =>
    registerResources(directory, {
      [`moved-${tenant}`]: [on ? `/moved-${tenant}` : `/gone-${tenant}`],
    }),
  Domain: (directory: Instance['directory'], tenant: Tenant, on: boolean) =>
    again(async () => {
      const before = await readDomain(directory, tenant);
      if (!before) throw new Error('no such domain');
      return saveDomain(directory, before, afterSwitch(before, { ...before, disabled: !on }));
    }),
};

/** Those that concern one subject. */
export const subjectSwitches = ({ userOf, clientOf }: Deployment) => ({
  User: ({ directory }: Instance, tenant: Tenant, on: boolean) =>
    again(async () => {
      const before = await readUser(directory, userOf(tenant));
      if (!before) throw new Error('no such user');
      const after = afterSwitch(before, { ...before, disabled: !on });
      return (await saveUser(directory, { before, after })).status === 'ok';
    }),
  Role: ({ directory }: Instance, tenant: Tenant, on: boolean) =>
    again(async () => {
      const before = await readUser(directory, userOf(tenant));
      if (!before) throw new Error('no such user');
      const after = { ...before, roles: on ? [tenant] : [] };
      return (await saveUser(directory, { before, after })).status === 'ok';
    }),
  Client: ({ directory }: Instance, tenant: Tenant, on: boolean) =>
    again(async () => {
      const before = await readClient(directory, clientOf(tenant));
      if (!before) throw new Error('no such client');
      const after = afterSwitch(before, { ...before, disabled: !on });
      return saveClient(directory, { before, after });
    }),
});

export const signOuts = ({ userOf, clientOf }: Deployment) => ({
  User: ({ directory }: Instance, tenant: Tenant) =>
    raiseGeneration(directory, subjectKey(userOf(tenant))),
  Client: ({ directory }: Instance, tenant: Tenant) =>
    raiseGeneration(directory, subjectKey(clientOf(tenant))),
  Domain: ({ directory }: Instance, tenant: Tenant) => raiseDomain(directory, tenant),
});
