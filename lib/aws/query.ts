/**
 * Lists: the items of one partition, of a table or of one of its indexes, a page at a time.
 *
 * Errors: as in table.ts. A partition that can have no name has no items.
 *
 * @module
 */
import {
  type AttributeValue,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { guard } from './fault.ts';
import { isPartition } from './storable-key.ts';
import type { Expression, Item, Table } from './table.ts';

/** Of each index its partition and sort key: the lists of directory and sessions, and what events are found by. */
const KEYS = {
  byList: ['list', 'listSort'],
  byTarget: ['byTarget', 'sk'],
  byActor: ['byActor', 'sk'],
  byType: ['byType', 'sk'],
  byAddress: ['byAddress', 'sk'],
  byHour: ['listed', 'sk'],
} as const;
const OF_THE_TABLE = ['pk', 'sk'] as const;

/** `index` is eventually consistent; without it the table itself is read, strongly consistent. */
export type PageQuery = {
  index?: keyof typeof KEYS;
  partition: string;
  /** Only sort keys that begin with it. */
  prefix?: string;
  /** Only sort keys from the first to the last, both included. */
  between?: readonly [string, string];
  limit: number;
  newestFirst?: boolean;
  /** The keys of the last item of the page before. */
  after?: Item | undefined;
  /** Of what was read, which `limit` counts, only this. */
  filter?: Expression;
};
export type Page = { items: Item[]; next: Item | undefined };

export async function queryPage(table: Table, query: PageQuery): Promise<Page> {
  const { index, partition, limit, newestFirst = false, after, filter } = query;
  if (!isPartition(partition)) return { items: [], next: undefined };
  const command = new QueryCommand({
    TableName: table.name,
    ...filtered(keyCondition(query), filter),
    ...(index ? { IndexName: index } : { ConsistentRead: true }),
    Limit: limit,
    ScanIndexForward: !newestFirst,
    ...(after && { ExclusiveStartKey: marshall(after) }),
  });
  const { Items = [], LastEvaluatedKey } = await guard(() => table.client.send(command));
  return {
    items: Items.map((item) => unmarshall(item)),
    next: LastEvaluatedKey && unmarshall(LastEvaluatedKey),
  };
}

/** @returns Every item of the partition; only for those that stay small. */
export async function queryAll(
  table: Table,
  query: Omit<PageQuery, 'limit' | 'after'>,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: Item | undefined;
  do {
    const page = await queryPage(table, { ...query, limit: 1000, after });
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}

/** @returns How many of the first items, at most `limit`, pass the filter; what is in them is not sent. */
export async function countPassing(
  table: Table,
  query: Pick<PageQuery, 'partition' | 'prefix' | 'limit'>,
  { expression, values = {} }: Expression,
): Promise<number> {
  const { ExpressionAttributeValues, ...condition } = keyCondition(query);
  const command = new QueryCommand({
    TableName: table.name,
    ...condition,
    FilterExpression: expression,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ...marshall(values) },
    ConsistentRead: true,
    Select: 'COUNT',
    Limit: query.limit,
  });
  const { Count = 0 } = await guard(() => table.client.send(command));
  return Count;
}

/** @returns How many there are, at most `limit`, of the first megabyte. */
export async function countItems(table: Table, query: PageQuery): Promise<number> {
  if (!isPartition(query.partition)) return 0;
  const command = new QueryCommand({
    TableName: table.name,
    ...keyCondition(query),
    ...(query.index ? { IndexName: query.index } : { ConsistentRead: true }),
    Select: 'COUNT',
    Limit: query.limit,
  });
  const { Count = 0 } = await guard(() => table.client.send(command));
  return Count;
}

/**
 * Of a whole table the items whose partition begins with the prefix: for what is done once, by hand. A page
 * may be empty and not be the last.
 */
export async function scanPage(
  table: Table,
  { prefix, after }: { prefix: string; after?: Item | undefined },
): Promise<Page> {
  const command = new ScanCommand({
    TableName: table.name,
    FilterExpression: 'begins_with(pk, :prefix)',
    ExpressionAttributeValues: marshall({ ':prefix': prefix }),
    ConsistentRead: true,
    ...(after && { ExclusiveStartKey: marshall(after) }),
  });
  const { Items = [], LastEvaluatedKey } = await guard(() => table.client.send(command));
  return {
    items: Items.map((item) => unmarshall(item)),
    next: LastEvaluatedKey && unmarshall(LastEvaluatedKey),
  };
}

/**
 * Goes past the first items of a list without reading them over the wire. DynamoDB still counts them
 * as read.
 *
 * @returns Where to go on; `undefined` when there is nothing after them.
 */
export async function skipItems(
  table: Table,
  query: Omit<PageQuery, 'limit' | 'after'>,
  count: number,
): Promise<Item | undefined> {
  if (!isPartition(query.partition)) return undefined;
  let left = count;
  let after: Record<string, AttributeValue> | undefined;
  do {
    const command = new QueryCommand({
      TableName: table.name,
      ...keyCondition(query),
      ...(query.index && { IndexName: query.index }),
      Select: 'COUNT',
      Limit: left,
      ...(after && { ExclusiveStartKey: after }),
    });
    const page: QueryCommandOutput = await guard(() => table.client.send(command));
    left -= page.Count ?? 0;
    after = page.LastEvaluatedKey;
  } while (after && left > 0);
  return after && unmarshall(after);
}

function keyCondition({ index, partition, prefix, between }: Omit<PageQuery, 'limit'>) {
  const [pk, sk] = index ? KEYS[index] : OF_THE_TABLE;
  const [range, values] = rangeOf(prefix, between);
  return {
    KeyConditionExpression: range ? `#pk = :pk AND ${range}` : '#pk = :pk',
    ExpressionAttributeNames: { '#pk': pk, ...(range && { '#sk': sk }) } as Record<string, string>,
    ExpressionAttributeValues: marshall({ ':pk': partition, ...values }),
  };
}

type KeyCondition = ReturnType<typeof keyCondition>;
function filtered(condition: KeyCondition, filter: Expression | undefined): KeyCondition {
  if (!filter) return condition;
  const { expression, values = {}, names = {} } = filter;
  return {
    ...condition,
    ...{ FilterExpression: expression },
    ExpressionAttributeNames: { ...condition.ExpressionAttributeNames, ...names },
    ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ...marshall(values) },
  };
}

function rangeOf(
  prefix: string | undefined,
  between: readonly [string, string] | undefined,
): [string, Item] {
  if (between) return ['#sk BETWEEN :from AND :to', { ':from': between[0], ':to': between[1] }];
  return prefix ? ['begins_with(#sk, :prefix)', { ':prefix': prefix }] : ['', {}];
}
