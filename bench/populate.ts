/**
 * Fills tables with users and sessions, fast: what lib/store would write, collected from its own
 * requests and sent 100 items at once.
 *
 * @module
 */

import type { AttributeValue, DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Tables } from '../lib/aws/tables.ts';
import { sha256 } from '../lib/crypto.ts';
import { COST } from '../lib/sign-in/password.ts';
import { saveUser, type User } from '../lib/store/directory/users.ts';
import { saveSession } from '../lib/store/sessions/sessions.ts';
import { instant } from '../lib/time.ts';

export const DOMAIN = 'mydomain.com';
/** Sessions of the first user; of the others one in ten has one. */
export const SESSIONS_OF_FIRST = 20;

/** As many as a transaction takes; the embedded engine needs half the time of BatchWriteItem's 25. */
const BATCH = 100;
const SENDERS = 4;
/** The engines look at the form of a signature only. */
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.TransactWriteItems',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};
const NOW = Math.floor(Date.now() / 1000);
/** As long as a real one; nobody signs in here. */
const HASH = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Of the user of that place in the list. The id is as random as a real one, but known. */
export const idOf = (place: number): string => sha256(`${place}`).toString('hex').slice(0, 24);
export const nameOf = (place: number): string => `user-${String(place).padStart(6, '0')}@${DOMAIN}`;

/** @returns How many items were written. */
export async function populate(
  endpoint: string,
  { directory, sessions }: Tables,
  users: number,
): Promise<number> {
  const puts: Put[] = [];
  const sums = new Map<string, Required<Put>>();
  const collector = (name: string) => ({ client: collecting(puts, sums), name });
  const own = { directory: collector(directory.name), sessions: collector(sessions.name) };
  let [place, written] = [0, 0];
  const sendSome = async () => {
    const batch = puts.splice(0, BATCH);
    if (batch.length === 0) return;
    written += batch.length;
    await sendBatch(endpoint, batch);
  };
  /** One sender's: a sender waits for its batch while the others make theirs. */
  const fill = async () => {
    while (place < users) {
      while (puts.length < BATCH && place < users) await makeUser(own, place++);
      await sendSome();
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, fill));
  puts.push(...sums.values());
  while (puts.length > 0) await sendSome();
  return written;
}

async function makeUser({ directory, sessions }: Tables, place: number): Promise<void> {
  const [id, name] = [idOf(place), nameOf(place)];
  const after: User = {
    kind: 'user',
    id,
    username: name,
    email: name,
    names: [name],
    passwordHash: HASH,
    roles: ['user'],
    domain: DOMAIN,
    disabled: false,
    generation: NOW * 1000,
    activated: true,
    profile: { name: 'Alice Beatrice Clark', given_name: 'Alice', family_name: 'Clark' },
    createdAt: instant(NOW),
    updatedAt: instant(NOW),
    version: 1,
  };
  await saveUser(directory, { after });
  const open = place === 0 ? SESSIONS_OF_FIRST : Number(place % 10 === 0);
  for (let count = 0; count < open; count++) {
    const session = { subject: id, key: `${String(count).padStart(8, '0')}-${id}` };
    await saveSession(sessions, session, {
      kind: 'webitel',
      client: 'webitel',
      issuedAt: instant(NOW),
      expiresAt: instant(NOW + 86_400),
      subjectGeneration: after.generation,
      domainGeneration: 1,
      ip: '192.0.2.1',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
  }
}

type Item = Record<string, AttributeValue>;
type Put = { TableName?: string | undefined; Item?: Item | undefined };
type Input = Put & { TransactItems?: TransactWriteItem[] };

/** A client that sends nothing, and keeps what it should put; what it should add, it adds up. */
const collecting = (puts: Put[], sums: Map<string, Required<Put>>): DynamoDBClient => {
  const send = async ({ input }: { input: Input }) => {
    for (const { Put, Update } of input.TransactItems ?? [
      { Put: input as TransactWriteItem['Put'] },
    ]) {
      if (Put) puts.push(Put);
      if (Update) addUp(sums, Update);
    }
  };
  return { send } as unknown as DynamoDBClient;
};

type Update = NonNullable<TransactWriteItem['Update']>;

function addUp(
  sums: Map<string, Required<Put>>,
  { TableName, Key = {}, UpdateExpression = '', ExpressionAttributeValues = {} }: Update,
): void {
  const [, attribute = ''] = /^ADD (\w+) :amount$/.exec(UpdateExpression) ?? [];
  const id = JSON.stringify([TableName, Key]);
  const before = Number(sums.get(id)?.Item?.[attribute]?.N ?? 0);
  const after = before + Number(ExpressionAttributeValues[':amount']?.N);
  sums.set(id, { TableName, Item: { ...Key, [attribute]: { N: `${after}` } } });
}

/** Not through the SDK, which takes as long over it as the engine does. Conditions are left out. */
async function sendBatch(endpoint: string, puts: readonly Put[]): Promise<void> {
  const TransactItems = puts.map(({ TableName, Item }) => ({ Put: { TableName, Item } }));
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ TransactItems }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the engine wrote nothing: ${answer.status} ${text}`);
}
