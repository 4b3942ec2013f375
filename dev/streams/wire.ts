/**
 * The four actions of DynamoDB Streams over the real wire format (AWS JSON 1.0), for an embedded
 * engine: it wants a signature's form and does not check it.
 *
 * @module
 */
export interface StreamRecord {
  eventName: string;
  dynamodb: { SequenceNumber: string };
}

/** Without `next` the shard has ended. */
export type Read = { records: StreamRecord[]; next?: string };

export interface Streams {
  /** The table's stream that is written to now; undefined when it has none. */
  find(table: string): Promise<string | undefined>;
  shards(stream: string): Promise<string[]>;
  iterator(stream: string, shard: string, from: 'LATEST' | 'TRIM_HORIZON'): Promise<string>;
  records(iterator: string, limit: number): Promise<Read>;
}

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

export function streams(endpoint: string, signal: AbortSignal): Streams {
  const call = async (action: string, input: object) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...HEADERS, 'x-amz-target': `DynamoDBStreams_20120810.${action}` },
      body: JSON.stringify(input),
      signal,
    });
    const body = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${action}: ${body['__type']} ${body['message'] ?? ''}`);
    return body;
  };
  return {
    async find(TableName) {
      const { Streams: found } = await call('ListStreams', { TableName });
      return (found as { StreamArn: string }[]).at(-1)?.StreamArn;
    },
    async shards(StreamArn) {
      const { StreamDescription } = await call('DescribeStream', { StreamArn });
      const { Shards } = StreamDescription as { Shards: { ShardId: string }[] };
      return Shards.map(({ ShardId }) => ShardId);
    },
    async iterator(StreamArn, ShardId, ShardIteratorType) {
      const input = { StreamArn, ShardId, ShardIteratorType };
      return (await call('GetShardIterator', input))['ShardIterator'] as string;
    },
    async records(ShardIterator, Limit) {
      const { Records, NextShardIterator } = await call('GetRecords', { ShardIterator, Limit });
      const next = NextShardIterator as string | undefined;
      return { records: Records as StreamRecord[], ...(next && { next }) };
    },
  };
}
