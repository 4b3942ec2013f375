/**
 * What a request to DynamoDB is to IAM: one decision an operation and table, with the context that
 * AWS documents. Transactions are taken apart into the operations they are made of.
 *
 * Where AWS does not say, the reading is the one that permits less: the keys and attributes of a whole
 * batch count at each of its tables, and an operation names its key attributes.
 *
 * @module
 * @see DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control"
 * @see Service Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB"
 */
import type { Context, Decision } from './decision.ts';

type AttributeValue = Record<string, unknown>;
type Attributes = Record<string, AttributeValue>;
type Operation = Partial<{
  TableName: string;
  IndexName: string;
  Key: Attributes;
  Item: Attributes;
  Keys: Attributes[];
  KeyConditionExpression: string;
  UpdateExpression: string;
  ConditionExpression: string;
  FilterExpression: string;
  ProjectionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Attributes;
  Select: string;
  ReturnValues: string;
}>;
type Batch = Record<string, Operation | { PutRequest?: Operation; DeleteRequest?: Operation }[]>;

const PART_OF_TRANSACTION: Record<string, string> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};
const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];

export function dynamoDbDecisions(name: string, body: Record<string, unknown>): Decision[] {
  if (name === 'TransactWriteItems' || name === 'TransactGetItems') {
    const items = body['TransactItems'] as Record<string, Operation>[];
    return items.flatMap((item) =>
      Object.entries(item).map(([part, operation]) =>
        decide(partOf(part), [operation], { 'dynamodb:EnclosingOperation': [name] }),
      ),
    );
  }
  if (name !== 'BatchGetItem' && name !== 'BatchWriteItem') return [decide(name, [body])];
  const batch = body['RequestItems'] as Batch;
  const operations = Object.values(batch).flatMap((asked) =>
    Array.isArray(asked) ? asked.map((it) => it.PutRequest ?? it.DeleteRequest ?? {}) : [asked],
  );
  return Object.keys(batch).map((TableName) => decide(name, [{ TableName }, ...operations]));
}

function partOf(part: string): string {
  const action = PART_OF_TRANSACTION[part];
  if (!action) throw new Error(`a transaction's ${part} is not understood`);
  return action;
}

/** The first operation names the resource. */
function decide(name: string, operations: readonly Operation[], more: Context = {}): Decision {
  const { TableName = '*', IndexName, ReturnValues, ...first } = operations[0] ?? {};
  const leading = operations.flatMap(leadingKeys);
  const select = first.Select ?? (first.ProjectionExpression ? 'SPECIFIC_ATTRIBUTES' : undefined);
  const isRead = READS.includes(name);
  return {
    action: `dynamodb:${name}`,
    resource: IndexName ? `table/${TableName}/index/${IndexName}` : `table/${TableName}`,
    context: {
      ...more,
      ...(leading.length > 0 && { 'dynamodb:LeadingKeys': unique(leading) }),
      'dynamodb:Attributes': unique(operations.flatMap(attributes)),
      ...(isRead && { 'dynamodb:Select': [select ?? 'ALL_ATTRIBUTES'] }),
      ...(ReturnValues && { 'dynamodb:ReturnValues': [ReturnValues] }),
    },
  };
}

const unique = (texts: string[]): string[] => [...new Set(texts)].sort();

function leadingKeys(operation: Operation): string[] {
  const keys = [operation.Key, operation.Item, ...(operation.Keys ?? [])]
    .map((item) => item?.['pk'])
    .filter((value) => value !== undefined)
    .map(textOf);
  return operation.KeyConditionExpression ? [...keys, partitionOf(operation)] : keys;
}

function partitionOf({ KeyConditionExpression, ExpressionAttributeValues }: Operation): string {
  const [, placeholder = ''] = /=\s*(:\w+)/.exec(KeyConditionExpression ?? '') ?? [];
  const value = ExpressionAttributeValues?.[placeholder];
  if (!value) throw new Error(`no partition in ${KeyConditionExpression}`);
  return textOf(value);
}

const textOf = (value: AttributeValue): string => String(Object.values(value)[0]);

function attributes(operation: Operation): string[] {
  const { Key, Item, Keys = [], ExpressionAttributeNames: names = {} } = operation;
  const keys = [Key, Item, ...Keys].flatMap((item) => Object.keys(item ?? {}));
  return [
    ...keys,
    ...expressionsOf(operation)
      .flatMap(words)
      .map((word) => names[word] ?? word),
  ];
}

const expressionsOf = (operation: Operation): string[] =>
  [
    operation.KeyConditionExpression,
    operation.UpdateExpression,
    operation.ConditionExpression,
    operation.FilterExpression,
    operation.ProjectionExpression,
  ].filter((expression) => expression !== undefined);

/** The names at the top of a path: no function, value, keyword, nor what is inside a document. */
const NAME = /(?<![.:#\w])#?[A-Za-z_]\w*(?!\w|\s*\()/g;
const KEYWORD = /^(SET|REMOVE|ADD|DELETE|AND|OR|NOT|BETWEEN|IN)$/i;

const words = (expression: string): string[] =>
  (expression.match(NAME) ?? []).filter((word) => !KEYWORD.test(word));
