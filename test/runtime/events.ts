/** One event of each source that functions here have, and of some that none has. */
import { arn, REGION } from '../../dev/names.ts';
import {
  connectCall,
  fieldsCall,
  httpCall,
  httpV1Call,
  request,
  restCall,
  tokenCall,
} from '../support/calls/events.ts';

/** In every event: no answer, error or log line may have it. */
export const CANARY = 'cAnArY';

const bearer = { authorization: `Bearer ${CANARY}` };

const sqsRecord = {
  messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  body: CANARY,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1545082649183',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1545082649185',
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: arn('sqs', 'my-queue'),
  awsRegion: REGION,
};

const streamRecord = {
  eventID: 'c4ca4238a0b923820dcc509a6f75849b',
  eventName: 'REMOVE',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: REGION,
  dynamodb: {
    ApproximateCreationDateTime: 1_700_000_000,
    Keys: { pk: { S: CANARY }, sk: { S: `session#${CANARY}` } },
    SequenceNumber: '4421584500000000017450439091',
    SizeBytes: 26,
    StreamViewType: 'KEYS_ONLY',
  },
  eventSourceARN: arn('dynamodb', 'table/my-table/stream/2026-01-01T00:00:00.000'),
};

const authorizer = {
  'authorizer of an HTTP API, 2.0': httpCall('GET /cdr', bearer),
  'authorizer of an HTTP API, 1.0': httpV1Call('GET /cdr', bearer),
  'REQUEST authorizer of a REST API': restCall('GET /cdr', bearer),
  'TOKEN authorizer of a REST API': tokenCall('GET /cdr', `Bearer ${CANARY}`),
  'authorizer of a WebSocket API': connectCall(bearer),
  'authorizer of AppSync': fieldsCall('{ calls { id } }', CANARY),
};

const { type: _type, methodArn: _methodArn, ...proxied } = restCall('POST /login', bearer);

export const EVENTS: Readonly<Record<string, { source: string; event: unknown }>> = {
  ...Object.fromEntries(
    Object.entries(authorizer).map(([name, event]) => [name, { source: 'authorizer', event }]),
  ),
  'HTTP API': {
    source: 'http',
    event: request('POST /somewhere', { headers: bearer, body: CANARY, query: `q=${CANARY}` }),
  },
  'REST API': { source: 'rest', event: { ...proxied, body: CANARY, isBase64Encoded: false } },
  'records of a stream': { source: 'stream', event: { Records: [streamRecord] } },
  'records of a queue': { source: 'queue', event: { Records: [sqsRecord] } },
  'step of a rotation': {
    source: 'rotation',
    event: {
      Step: 'createSecret',
      SecretId: arn('secretsmanager', `secret:${CANARY}-a1b2c3`),
      ClientRequestToken: '4b2f0a52-b54a-4e06-a6d3-4ff1c0ecab5d',
    },
  },
  schedule: {
    source: 'none',
    event: {
      version: '0',
      id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: '2026-01-01T00:00:00Z',
      region: REGION,
      resources: [arn('events', 'rule/my-rule')],
      detail: { secret: CANARY },
    },
  },
  "test event of Lambda's console": {
    source: 'none',
    event: { key1: CANARY, key2: 'value2', key3: 'value3' },
  },
  'nothing in it': { source: 'none', event: {} },
  null: { source: 'none', event: null },
  'a list': { source: 'none', event: [CANARY] },
  'a text': { source: 'none', event: CANARY },
};
