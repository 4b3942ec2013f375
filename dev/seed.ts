/**
 * What the local stack starts with: the documented domain, roles, resources, users and clients. A deployment
 * starts empty and gets its first administrator from `npm run latchkey -- admin create`.
 *
 * Idempotent: what exists already stays as it is, but for the clients of a file (seed-file.ts).
 *
 * @module
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseItem } from '../lib/aws/item.ts';
import type { Table } from '../lib/aws/table.ts';
import { UNTRACKED } from '../lib/events/trail.ts';
import { newClient } from '../lib/manage/clients/register.ts';
import { nameContent } from '../lib/manage/deployment/name-content.ts';
import { registerConsole } from '../lib/manage/deployment/register-console.ts';
import { missingResources } from '../lib/manage/resources/missing-resources.ts';
import { registerResources } from '../lib/manage/resources/registry.ts';
import { editRole } from '../lib/manage/roles/edit.ts';
import { registerUser } from '../lib/manage/users/register.ts';
import { readClient, saveClient } from '../lib/store/directory/clients.ts';
import { createDomain } from '../lib/store/directory/domains.ts';
import { OWN_RESOURCES } from '../lib/store/directory/own-resources.ts';
import { readRegistry } from '../lib/store/directory/resources.ts';
import { firstGeneration } from '../lib/store/directory/revocation.ts';
import { readAllRoles } from '../lib/store/directory/roles.ts';
import { saveUser, type User, UserItem } from '../lib/store/directory/users.ts';
import { epochMilliseconds } from '../lib/time.ts';
import { LOCAL_CREDENTIALS } from './credentials.ts';
import { demoClients } from './demo-clients.ts';
import { DOMAIN, RESOURCES, ROLES, USERS } from './demo-directory.ts';
import { REGION } from './names.ts';
import type { SeedFile } from './seed-file.ts';

type SeedOptions = {
  endpoint: string;
  directoryTable: string;
  sessionsTable: string;
  /** The console's origin; without it there is none. */
  consoleUrl?: string;
  /** What somebody has added. */
  more?: SeedFile | undefined;
  /** Epoch milliseconds. */
  now?: number;
  credentials?: typeof LOCAL_CREDENTIALS;
};

export async function seed({
  endpoint,
  directoryTable,
  consoleUrl,
  more,
  now = Date.now(),
  credentials = LOCAL_CREDENTIALS,
}: SeedOptions): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials });
  try {
    const directory = { client, name: directoryTable };
    await seedDirectory(directory, now);
    const terms = { now: epochMilliseconds(now), trail: UNTRACKED };
    if (consoleUrl) await registerConsole(directory, { url: consoleUrl, domain: DOMAIN }, terms);
    if (more) await addMore(directory, more);
  } finally {
    client.destroy();
  }
}

async function seedDirectory(directory: Table, now: number): Promise<void> {
  if ((await readRegistry(directory)).version === 0) await nameContent(directory);
  await createDomain(directory, {
    name: DOMAIN,
    disabled: false,
    passwords: 'seed',
    generation: firstGeneration(epochMilliseconds(now)),
  });

  const { patterns } = await readRegistry(directory);
  const missing = missingResources({ ...RESOURCES, ...OWN_RESOURCES }, patterns);
  if (Object.keys(missing).length > 0) await registerResources(directory, missing);

  const { roles } = await readAllRoles(directory);
  for (const role of ROLES) {
    if (!roles.some(({ name }) => name === role.name)) await editRole(directory, role);
  }
  for (const user of USERS) {
    const made = await registerUser(directory, user, epochMilliseconds(now));
    if (made.status === 'ok' && user.profile?.phone_number) await verify(directory, made.user);
  }
  for (const { secret, ...client } of demoClients(DOMAIN))
    await saveClient(directory, { after: newClient(client, secret, epochMilliseconds(now)) });
}

/** A client is made as the file has it now, whatever it was before; its sessions go on. */
async function addMore(directory: Table, { clients, users }: SeedFile): Promise<void> {
  const now = Date.now();
  for (const user of users) await registerUser(directory, user, epochMilliseconds(now));
  for (const { secret, ...client } of clients) {
    const after = newClient(client, secret, epochMilliseconds(now));
    const before = await readClient(directory, client.id);
    const kept = before && { generation: before.generation, createdAt: before.createdAt };
    await saveClient(directory, { ...(before && { before }), after: { ...after, ...kept } });
  }
}

/** As if there had been a verification: an application is to see what it is told then. */
async function verify(directory: Table, before: User): Promise<void> {
  const { email, profile, createdAt: at } = before;
  const proof = (address: string | undefined) => address && { at, means: 'seed', address };
  const verified = { email: proof(email), phone_number: proof(profile.phone_number) };
  await saveUser(directory, { before, after: parseItem(UserItem, { ...before, verified }) });
}
