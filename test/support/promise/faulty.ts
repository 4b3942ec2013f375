/**
 * What must not be done, done between a client and its tables, so that everything else is the real thing:
 * each takes one guard away, and a history shows that it did.
 */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';

type Command = { input: Record<string, unknown>; constructor: { name: string } };
type Sent = Record<string, unknown>;
type Send = (command: Command) => Promise<Sent>;
type Key = { pk: { S: string }; sk: { S: string } };
type Asked = Record<string, { Keys: Key[]; ConsistentRead: true }>;
type Write = { Put?: { Item: Key; ConditionExpression?: string } };

/** A client of which each request goes through `around`. */
const around = (client: DynamoDBClient, deal: (send: Send) => Send): DynamoDBClient => {
  const dealt = deal((command) => client.send(command as never) as unknown as Promise<Sent>);
  return new Proxy(client, {
    get: (target, name) => (name === 'send' ? dealt : Reflect.get(target, name)),
  });
};

const isManifest = ({ pk }: Key): boolean => pk.S.startsWith('manifest#');
const nameOf = (command: Command): string => command.constructor.name;
const keysOf = (command: Command): Key[] =>
  Object.values((command.input['RequestItems'] ?? {}) as Asked).flatMap(({ Keys }) => Keys);

/** Of a batch, the answer with other manifests in place of those that were read. */
async function withManifests(
  send: Send,
  command: Command,
  manifestOf: (table: string, key: Key) => Promise<Sent | undefined>,
): Promise<Sent> {
  const asked = command.input['RequestItems'] as Asked;
  const answer = (await send(command)) as { Responses: Record<string, Sent[]> };
  const Responses: Record<string, Sent[]> = {};
  for (const [table, { Keys }] of Object.entries(asked)) {
    const others = (answer.Responses[table] ?? []).filter((item) => !isManifest(item as never));
    const manifests = await Promise.all(
      Keys.filter(isManifest).map((key) => manifestOf(table, key)),
    );
    Responses[table] = [...others, ...manifests.filter((item) => item !== undefined)];
  }
  return { ...answer, Responses };
}

const read = async (send: Send, TableName: string, Key: object): Promise<Sent | undefined> => {
  const command = new GetItemCommand({ TableName, Key: Key as never, ConsistentRead: true });
  return (await send(command as never))['Item'] as Sent | undefined;
};

/** Believes the manifest that the call before has read. */
export const byLastCall = (client: DynamoDBClient): DynamoDBClient =>
  around(client, (send) => {
    const kept = new Map<string, Sent>();
    const manifestOf = async (table: string, key: Key): Promise<Sent | undefined> => {
      const id = `${table} ${key.pk.S}`;
      const known = kept.get(id);
      const manifest = await read(send, table, key);
      if (manifest) kept.set(id, manifest);
      return known ?? manifest;
    };
    return (command) =>
      nameOf(command) === 'BatchGetItemCommand' && keysOf(command).some(isManifest)
        ? withManifests(send, command, manifestOf)
        : send(command);
  });

const changedWrites = (command: Command, change: (write: Write) => Write[]): Command => {
  const { TransactItems } = command.input as { TransactItems: Write[] };
  command.input = { ...command.input, TransactItems: TransactItems.flatMap(change) };
  return command;
};
const isOfManifest = ({ Put }: Write): boolean => Put !== undefined && isManifest(Put.Item);

/** Names content in the manifests of the first shard alone. */
export const ofOneShard = (client: DynamoDBClient): DynamoDBClient =>
  around(
    client,
    (send) => (command) =>
      nameOf(command) === 'TransactWriteItemsCommand'
        ? send(
            changedWrites(command, (write) =>
              isOfManifest(write) && !write.Put?.Item.pk.S.endsWith('#0') ? [] : [write],
            ),
          )
        : send(command),
  );

const isCopy = ({ sk }: Key): boolean => sk.S.startsWith('copy#');

/** Writes an item, and its copies not. @param part - Of the transactions; 1 for all. */
export const withoutCopies = (client: DynamoDBClient, part = 1): DynamoDBClient =>
  around(
    client,
    (send) => (command) =>
      nameOf(command) === 'TransactWriteItemsCommand' && Math.random() < part
        ? send(changedWrites(command, (write) => (isCopy(placeOf(write)) ? [] : [write])))
        : send(command),
  );

/** Writes whatever has been written since it was read. */
export const unconditionally = (client: DynamoDBClient): DynamoDBClient =>
  around(
    client,
    (send) => (command) =>
      nameOf(command) === 'TransactWriteItemsCommand'
        ? send(changedWrites(command, (write) => [unconditional(write)]))
        : send(command),
  );

/** Believes each copy, whatever the manifest says. */
export const believingCopies = (client: DynamoDBClient): DynamoDBClient =>
  around(client, (send) => async (command) => {
    if (nameOf(command) !== 'BatchGetItemCommand') return send(command);
    const answer = (await send(command)) as { Responses: Record<string, Sent[]> };
    const items = Object.values(answer.Responses).flat() as (Key & Sent)[];
    const since = items.find(isManifest)?.['since'];
    const believed = (item: Sent): Sent => {
      const { M: spread } = (item['spread'] ?? {}) as { M?: Sent };
      return spread && since ? { ...item, spread: { M: { ...spread, since } } } : item;
    };
    const Responses = Object.fromEntries(
      Object.entries(answer.Responses).map(([table, all]) => [table, all.map(believed)]),
    );
    return { ...answer, Responses };
  });

const placeOf = ({ Put, ...others }: Write): Key => {
  const [other] = Object.values(others) as { Key: Key }[];
  return Put?.Item ?? (other as { Key: Key }).Key;
};

function unconditional(write: Write): Write {
  const [[kind = '', operation] = []] = Object.entries(write) as [string, Sent][];
  if (kind === 'ConditionCheck') return write;
  const { ConditionExpression: _, ...rest } = operation ?? {};
  const values = Object.entries((rest['ExpressionAttributeValues'] ?? {}) as Sent).filter(
    ([name]) => name !== ':read',
  );
  const { ExpressionAttributeValues: __, ...bare } = rest;
  const kept = values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) };
  return { [kind]: { ...bare, ...kept } };
}
