/**
 * What the local stack starts with: the documented domain, roles, resources and users. A deployment
 * starts empty and gets its first administrator from `npm run latchkey -- admin create`.
 *
 * Idempotent: what exists already stays as it is, but for the clients of a file (seed-file.ts).
 *
 * @module
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { editRole, type RoleEdit } from '../lib/access/edit-role.ts';
import { missingResources, OWN_RESOURCES } from '../lib/access/own-resources.ts';
import { newClient } from '../lib/access/register-client.ts';
import { registerResources } from '../lib/access/register-resources.ts';
import { type Registration, registerUser } from '../lib/access/register-user.ts';
import { readClient, saveClient } from '../lib/store/clients.ts';
import { createDomain } from '../lib/store/domains.ts';
import { readRegistry } from '../lib/store/resources.ts';
import { firstGeneration } from '../lib/store/revocation.ts';
import { readAllRoles } from '../lib/store/roles.ts';
import type { Table } from '../lib/store/table.ts';
import { demoClients } from './demo-clients.ts';
import { REGION } from './names.ts';
import type { SeedFile } from './seed-file.ts';

/** The one domain of the local stack, and the one of users who are made at `POST /user`. */
export const DOMAIN = 'mydomain.com';

/** The resources of the documented `root`, as spelt there, and what the example API adds. */
const WEBITEL_RESOURCES = [
  'license',
  'system/reload',
  'account',
  'domain/item',
  'domain',
  'gateway/profile',
  'gateway',
  'outbound/list',
  'cdr/media',
  'cdr/files',
  'cdr',
  'hook',
  'book',
  'dialer/members',
  'dialer',
  'cc/queue',
  'cc/members',
  'cc/tiers',
  'channels',
  'rotes/domain',
  'rotes/extension',
  'rotes/public',
  'rotes/default',
  'calendar',
  'blacklist',
  'acl/resource',
  'acl/roles',
];
const EXAMPLE_RESOURCES = ['api/v1/Sessions'];
/** Where the example APIs that have no paths of their own keep what these resources stand for. */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  cdr: ['/cdr', '/graphql/Query', '/graphql/Mutation'],
  'cdr/files': ['/cdr/files', '/graphql/Call/note'],
  channels: ['/channels', '/websocket'],
};

const ROLES: readonly RoleEdit[] = [
  {
    name: 'root',
    number: 2,
    parents: [],
    acl: Object.fromEntries(
      [...WEBITEL_RESOURCES, ...Object.keys(OWN_RESOURCES)].map((name) => [name, ['*']]),
    ),
  },
  {
    name: 'user',
    number: 0,
    parents: [],
    acl: { cdr: ['r'], 'cdr/files': ['ro'], book: ['c', 'r', 'u', 'd'] },
  },
  {
    name: 'admin',
    number: 1,
    parents: ['user'],
    acl: {
      account: ['*'],
      cdr: ['*'],
      'cdr/files': ['*'],
      'api/v1/Sessions': ['*'],
      users: ['*'],
      'helpdesk/api_key': ['*'],
      // The own domain, and a look at what belongs to the whole deployment.
      'admin/users': ['*'],
      'admin/clients': ['*'],
      'admin/keys': ['*'],
      'admin/domain-tokens': ['*'],
      'admin/sessions': ['*'],
      'admin/audit': ['r'],
      'admin/domains': ['r'],
      'admin/roles': ['r'],
      'admin/resources': ['r'],
    },
  },
  { name: 'api', number: -1, parents: [], acl: { 'api/v1/Sessions': ['r'] } },
];

const USERS: readonly Registration[] = [
  { username: '100@mydomain.com', password: 'secret', roles: ['root'], domain: DOMAIN },
  { username: '200@mydomain.com', password: 'secret', roles: ['user'], domain: DOMAIN },
  {
    username: 'abc@example.com',
    email: 'abc@example.com',
    password: 'abc321',
    roles: ['user'],
    domain: DOMAIN,
    activated: true,
    profile: {
      name: 'Alice Beatrice Clark',
      given_name: 'Alice',
      family_name: 'Clark',
      middle_name: 'Beatrice',
      nickname: 'abc',
      profile: 'https://example.com/abc',
      picture: 'https://example.com/abc.png',
      website: 'https://example.com',
      gender: 'female',
      birthdate: '1985-04-12',
      zoneinfo: 'Europe/Prague',
      locale: 'en-GB',
      phone_number: '+420 555 0100',
      phone_number_verified: true,
      address: {
        formatted: 'Example Street 1\n110 00 Prague\nCzechia',
        street_address: 'Example Street 1',
        locality: 'Prague',
        region: 'Prague',
        postal_code: '110 00',
        country: 'Czechia',
      },
      company: 'Example',
    },
  },
  {
    username: 'demoadmin',
    email: 'demoadmin@example.com',
    password: 'demopass',
    roles: ['admin'],
    domain: DOMAIN,
    activated: true,
    profile: { given_name: 'Demo', family_name: 'Admin' },
  },
];

type SeedOptions = {
  endpoint: string;
  directoryTable: string;
  sessionsTable: string;
  /** What somebody has added. */
  more?: SeedFile | undefined;
  /** Epoch milliseconds. */
  now?: number;
};

export async function seed({
  endpoint,
  directoryTable,
  more,
  now = Date.now(),
}: SeedOptions): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials });
  try {
    const directory = { client, name: directoryTable };
    await seedDirectory(directory, now);
    if (more) await addMore(directory, more);
  } finally {
    client.destroy();
  }
}

async function seedDirectory(directory: Table, now: number): Promise<void> {
  await createDomain(directory, {
    name: DOMAIN,
    disabled: false,
    generation: firstGeneration(now),
  });

  const { patterns } = await readRegistry(directory);
  const named = [...WEBITEL_RESOURCES, ...EXAMPLE_RESOURCES].map((name) => [
    name,
    PATTERNS[name] ?? [],
  ]);
  const missing = missingResources({ ...Object.fromEntries(named), ...OWN_RESOURCES }, patterns);
  if (Object.keys(missing).length > 0) await registerResources(directory, missing);

  const { roles } = await readAllRoles(directory);
  for (const role of ROLES) {
    if (!roles.some(({ name }) => name === role.name)) await editRole(directory, role);
  }
  for (const user of USERS) await registerUser(directory, user, now);
  for (const { secret, ...client } of demoClients(DOMAIN))
    await saveClient(directory, { after: newClient(client, secret, now) });
}

/** A client is made as the file has it now, whatever it was before; its sessions go on. */
async function addMore(directory: Table, { clients, users }: SeedFile): Promise<void> {
  const now = Date.now();
  for (const user of users) await registerUser(directory, user, now);
  for (const { secret, ...client } of clients) {
    const after = newClient(client, secret, now);
    const before = await readClient(directory, client.id);
    const kept = before && { generation: before.generation, createdAt: before.createdAt };
    await saveClient(directory, { ...(before && { before }), after: { ...after, ...kept } });
  }
}
