/**
 * oidc-provider's storage over DynamoDB, as durable as ours: every model in one table of the same
 * engine, each call one strongly consistent read or one write; an index finds what a grant issued.
 *
 * @module
 * @see oidc-provider's documentation, "Adapter": the methods and what they have to do
 */
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AdapterConstructor, AdapterPayload } from 'oidc-provider';

const TABLE = 'peer';
type Stored = Record<string, AttributeValue>;

export const createPeerTable = (client: DynamoDBClient) =>
  client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['id', 'grantId'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byGrant',
          KeySchema: [{ AttributeName: 'grantId', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );

/** As fast as can be, and gone with the process. Unlike oidc-provider's own, it forgets nothing. */
export const inMemory = (): AdapterConstructor => {
  const kept = new Map<string, AdapterPayload>();
  return class {
    readonly model: string;
    constructor(model: string) {
      this.model = model;
    }
    async upsert(id: string, payload: AdapterPayload): Promise<void> {
      kept.set(`${this.model}:${id}`, payload);
    }
    async find(id: string): Promise<AdapterPayload | undefined> {
      return kept.get(`${this.model}:${id}`);
    }
    async consume(id: string): Promise<void> {
      const payload = kept.get(`${this.model}:${id}`);
      if (payload) payload.consumed = now();
    }
    async destroy(id: string): Promise<void> {
      kept.delete(`${this.model}:${id}`);
    }
    revokeByGrantId = (): Promise<void> => Promise.resolve();
    findByUid = (): Promise<undefined> => Promise.resolve(undefined);
    findByUserCode = (): Promise<undefined> => Promise.resolve(undefined);
  };
};

const now = (): number => Math.floor(Date.now() / 1000);

function payloadOf(item: Stored | undefined): AdapterPayload | undefined {
  const { payload, usedAt, expiresAt } = item ?? {};
  if (!payload?.S || Number(expiresAt?.N ?? Number.POSITIVE_INFINITY) <= now()) return undefined;
  const parsed = JSON.parse(payload.S) as AdapterPayload;
  return usedAt?.N ? { ...parsed, consumed: Number(usedAt.N) } : parsed;
}

export const adapterOn = (client: DynamoDBClient): AdapterConstructor =>
  class {
    readonly model: string;
    constructor(model: string) {
      this.model = model;
    }

    key = (id: string) => ({ id: { S: `${this.model}:${id}` } });

    async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
      const Item: Stored = {
        ...this.key(id),
        payload: { S: JSON.stringify(payload) },
        ...(payload.grantId && { grantId: { S: payload.grantId } }),
        ...(expiresIn && { expiresAt: { N: String(now() + expiresIn) } }),
      };
      await client.send(new PutItemCommand({ TableName: TABLE, Item }));
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      const command = new GetItemCommand({
        TableName: TABLE,
        Key: this.key(id),
        ConsistentRead: true,
      });
      return payloadOf((await client.send(command)).Item);
    }

    async consume(id: string): Promise<void> {
      await client.send(
        new UpdateItemCommand({
          TableName: TABLE,
          Key: this.key(id),
          UpdateExpression: 'SET usedAt = :now',
          ExpressionAttributeValues: { ':now': { N: String(now()) } },
        }),
      );
    }

    async destroy(id: string): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName: TABLE, Key: this.key(id) }));
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: TABLE,
          IndexName: 'byGrant',
          KeyConditionExpression: 'grantId = :grant',
          ExpressionAttributeValues: { ':grant': { S: grantId } },
        }),
      );
      await Promise.all(
        Items.map(({ id = { S: '' } }) =>
          client.send(new DeleteItemCommand({ TableName: TABLE, Key: { id } })),
        ),
      );
    }

    // Of browser sessions and of devices, which no grant measured here has.
    findByUid = (): Promise<undefined> => Promise.resolve(undefined);
    findByUserCode = (): Promise<undefined> => Promise.resolve(undefined);
  };
