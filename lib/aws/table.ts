/**
 * The only module that knows the DynamoDB SDK. Free functions rather than a class, so that a bundle
 * carries only the operations that its function calls.
 *
 * Errors: `temporarily_unavailable` for a throttled, late, partial or failed call, after the SDK's
 *         own retries; a condition that does not hold is an answer, not an error. What can be no key
 *         (storable-key.ts) is not there.
 *
 * @module
 */
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { unavailable } from '../errors.ts';
import { guard, toFault } from './fault.ts';
import { isStorable } from './storable-key.ts';

export type Key = { pk: string; sk: string };
export type Item = Record<string, unknown>;
export type Table = { client: DynamoDBClient; name: string };
/** A DynamoDB expression and its values; names that are reserved words start with `#`. */
export type Expression = {
  expression: string;
  values?: Item;
  names?: Record<string, string>;
};

/**
 * Three tries of at most 1.5 s each end well before API Gateway gives up on an authorizer (10 s),
 * so a slow database becomes our own clear refusal and not a time-out.
 */
const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
};
const PARTIAL_READ_TRIES = 3;

/**
 * Without the SDK's logger: it writes nothing by default, and yet copies every request and answer first,
 * which is a third of what reading a few items costs. Its middleware is put together once an operation, not
 * once a request.
 */
export function connect(): DynamoDBClient {
  const client = new DynamoDBClient({ ...LIMITS, cacheMiddleware: true });
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** Strongly consistent, like every read here. */
export async function get(table: Table, key: Key): Promise<Item | undefined> {
  if (!isStorable(key)) return undefined;
  const { Item } = await guard(() =>
    table.client.send(
      new GetItemCommand({ TableName: table.name, Key: marshall(key), ConsistentRead: true }),
    ),
  );
  return Item && unmarshall(Item);
}

/**
 * One strongly consistent read of items of any tables, in the order asked for; `undefined` where
 * there is none. Keys that DynamoDB left unprocessed are asked for again: never taken as absent.
 */
export async function batchGet(
  wanted: readonly { table: Table; key: Key }[],
): Promise<(Item | undefined)[]> {
  const storable = wanted.filter(({ key }) => isStorable(key));
  const client = storable[0]?.table.client;
  if (!client) return wanted.map(() => undefined);
  const found = new Map<string, Item>();
  let ask = requestItems(storable);
  for (let tries = 0; tries < PARTIAL_READ_TRIES; tries++) {
    const command = new BatchGetItemCommand({ RequestItems: ask });
    const { Responses = {}, UnprocessedKeys = {} } = await guard(() => client.send(command));
    for (const [name, items] of Object.entries(Responses)) {
      for (const item of items)
        found.set(`${name} ${item['pk']?.S} ${item['sk']?.S}`, unmarshall(item));
    }
    if (Object.keys(UnprocessedKeys).length === 0)
      return wanted.map(({ table, key }) => found.get(`${table.name} ${key.pk} ${key.sk}`));
    ask = UnprocessedKeys as typeof ask;
    await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** tries * (1 + Math.random())));
  }
  throw unavailable('DynamoDB left keys of a batch read unprocessed');
}

type Requested = Record<string, { ConsistentRead: true; Keys: Record<string, AttributeValue>[] }>;

/** DynamoDB refuses a batch that names a key twice. */
function requestItems(wanted: readonly { table: Table; key: Key }[]): Requested {
  const requested: Requested = {};
  const seen = new Set<string>();
  for (const { table, key } of wanted) {
    const id = `${table.name} ${key.pk} ${key.sk}`;
    if (seen.has(id)) continue;
    seen.add(id);
    requested[table.name] ??= { ConsistentRead: true, Keys: [] };
    requested[table.name]?.Keys.push({ pk: { S: key.pk }, sk: { S: key.sk } });
  }
  return requested;
}

/** @returns Whether it was written; `false` when the condition does not hold. */
export async function put(table: Table, item: Item, when?: Expression): Promise<boolean> {
  const command = new PutItemCommand({
    TableName: table.name,
    Item: marshall(item, { removeUndefinedValues: true }),
    ...conditionOf(when),
  });
  return (await ifCondition(() => table.client.send(command))) !== undefined;
}

/** @returns The whole item after the update; `undefined` when the condition does not hold. */
export async function updateIf(
  table: Table,
  key: Key,
  { set, when }: { set: Expression; when: Expression },
): Promise<Item | undefined> {
  if (!isStorable(key)) return undefined;
  const command = new UpdateItemCommand({
    TableName: table.name,
    Key: marshall(key),
    UpdateExpression: `SET ${set.expression}`,
    ...conditionOf({
      expression: when.expression,
      values: { ...set.values, ...when.values },
      names: { ...set.names, ...when.names },
    }),
    ReturnValues: 'ALL_NEW',
  });
  const answer = await ifCondition(() => table.client.send(command));
  return answer?.Attributes && unmarshall(answer.Attributes);
}

/** Whatever is there now, and if nothing is. */
export async function update(table: Table, key: Key, set: Expression): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: table.name,
    Key: marshall(key),
    UpdateExpression: `SET ${set.expression}`,
    ...attributesOf(set),
  });
  await guard(() => table.client.send(command));
}

/**
 * @returns Whether it was deleted; `false` when the condition does not hold. A try whose answer was
 * lost has deleted it all the same, so where there is nothing left after a retry, it counts.
 */
export async function deleteIf(table: Table, key: Key, when: Expression): Promise<boolean> {
  if (!isStorable(key)) return false;
  const command = new DeleteItemCommand({
    TableName: table.name,
    Key: marshall(key),
    ...conditionOf(when),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await table.client.send(command);
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw toFault(error);
    return error.Item === undefined && (error.$metadata.attempts ?? 1) > 1;
  }
}

type Condition = ReturnType<typeof attributesOf> & { ConditionExpression: string };

export function conditionOf(when: Expression): Condition;
export function conditionOf(when?: Expression): Condition | Record<never, never>;
export function conditionOf(when?: Expression): Condition | Record<never, never> {
  if (!when) return {};
  return { ConditionExpression: when.expression, ...attributesOf(when) };
}

function attributesOf({ values = {}, names = {} }: Expression) {
  return {
    ...(Object.keys(values).length > 0 && {
      ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }),
    }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
  };
}

async function ifCondition<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw toFault(error);
  }
}
