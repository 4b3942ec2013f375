/**
 * What every service of a run starts from, made once: the seeded directory and the first signing keys,
 * as seeding and a first rotation leave them at `START`.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  type DynamoDBClient,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { LOCAL_CREDENTIALS } from '../../../dev/credentials.ts';
import { startSecretsManager } from '../../../dev/secrets-manager.ts';
import { seed } from '../../../dev/seed.ts';
import type { Table } from '../../../lib/aws/table.ts';
import { hashPassword } from '../../../lib/sign-in/password.ts';
import { publishKeys, readPublicKeys } from '../../../lib/store/directory/public-keys.ts';
import { instant, seconds } from '../../../lib/time.ts';
import { type RotationStep, rotate } from '../../../lib/tokens/rotation.ts';
import { createTable, localClient } from '../running/tables.ts';

export const START = new Date('2026-01-01T00:00:00Z');
export const SECRET = 'signing-keys';
export const ROTATION = 'arn:aws:lambda:us-east-1:000000000000:function:rotate';

export type Beginning = {
  /** Of the directory. */
  items: Record<string, AttributeValue>[];
  /** The local Secrets Manager's file. */
  secrets: string;
  /** Of the password `secret`. */
  hash: string;
};

export async function makeBeginning(endpoint: string): Promise<Beginning> {
  const [directoryTable, sessionsTable] = ['beginning-directory', 'beginning-sessions'];
  const client = localClient(endpoint);
  const directory = { client, name: directoryTable };
  try {
    await Promise.all([directoryTable, sessionsTable].map((name) => createTable(client, name)));
    const secrets = await makeKeys(directory);
    await seed({ endpoint, directoryTable, sessionsTable, now: START.getTime() });
    const { Items: items = [] } = await client.send(new ScanCommand({ TableName: directoryTable }));
    return { items, secrets, hash: await hashPassword('secret') };
  } finally {
    client.destroy();
  }
}

async function makeKeys(directory: Table): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-beginning-'));
  const file = join(folder, 'secrets.json');
  const clock = () => START.getTime();
  const take = (event: unknown) => takeStep(admin, directory, event as StepEvent);
  const manager = await startSecretsManager({ file, clock, invoke: (_arn, event) => take(event) });
  const admin = secretsClient(manager.endpoint);
  try {
    await admin.send(new CreateSecretCommand({ Name: SECRET, SecretString: '{"keys":[]}' }));
    await admin.send(new RotateSecretCommand({ SecretId: SECRET, RotationLambdaARN: ROTATION }));
    await manager.idle();
    return await readFile(file, 'utf8');
  } finally {
    admin.destroy();
    await manager.stop();
    await rm(folder, { recursive: true });
  }
}

type StepEvent = { Step: RotationStep; ClientRequestToken: string };

const takeStep = (
  client: SecretsManagerClient,
  directory: Table,
  { Step, ClientRequestToken: version }: StepEvent,
): Promise<void> =>
  rotate(Step, {
    secret: { client, id: SECRET },
    version,
    times: {
      now: instant(START.getTime() / 1000),
      propagation: seconds(900),
      maxTokenLifetime: seconds(2_678_400),
    },
    publish: (keys, _before, madeAt) => publishKeys(directory, keys, madeAt),
    readPublished: () => readPublicKeys(directory),
    readWithdrawn: async () => () => false,
  });

export const secretsClient = (endpoint: string): SecretsManagerClient =>
  new SecretsManagerClient({
    endpoint,
    region: 'us-east-1',
    credentials: LOCAL_CREDENTIALS,
  });

/** Puts the items where a service of its own finds them. */
export async function putItems(
  client: DynamoDBClient,
  TableName: string,
  items: Beginning['items'],
): Promise<void> {
  const TransactItems = items.map((item) => ({
    Put: { TableName, Item: atHome(item, TableName) },
  }));
  await client.send(new TransactWriteItemsCommand({ TransactItems }));
}

/** A copy of a directory is one that was restored, and refused: these begin as tables of their own. */
const atHome = (item: Beginning['items'][number], name: string): Beginning['items'][number] =>
  'home' in item ? { ...item, home: { S: name } } : item;
