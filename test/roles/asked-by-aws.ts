/**
 * What AWS itself asks in a function's name, and no wire of ours shows: the short list of permissions that
 * are there without a recorded call. Each is needed as much as any other.
 *
 * @module
 */
import type { Stack } from '../../dev/template.ts';
import type { Decision } from './decision.ts';
import type { Asked } from './recorded.ts';

type Names = readonly string[];

/** Lambda writes a function's log with the function's role (Developer Guide, "Sending logs"). */
const LOG: Names = ['logs:CreateLogStream', 'logs:PutLogEvents'];
/** Lambda takes a queue's messages with the role (Developer Guide, "Using Lambda with Amazon SQS"). */
const QUEUE: Names = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
/** Lambda follows a stream with the role (Developer Guide, "Using Lambda with DynamoDB"). */
const STREAM: Names = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
];
/** DynamoDB uses a table's key in its caller's name (Developer Guide, "DynamoDB encryption at rest"). */
const READ_TABLE: Names = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITE_TABLE: Names = [
  'kms:Encrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
];
/** So does Secrets Manager with a secret's (User Guide, "Secret encryption and decryption"). */
const READ_SECRET: Names = ['kms:Decrypt'];
const WRITE_SECRET: Names = ['kms:GenerateDataKey'];

/** So does SQS with a queue's, where it is ours (Developer Guide, "Configuring KMS permissions"). */
const TAKE_SEALED: Names = ['kms:Decrypt'];
const PUT_SEALED: Names = ['kms:Decrypt', 'kms:GenerateDataKey'];

const WRITES = /^dynamodb:(Put|Update|Delete|BatchWrite|ConditionCheck)/;

/** @param asked - By this function, as recorded. */
export function askedByAws(stack: Stack, name: string, asked: readonly Decision[]): Asked[] {
  const did = (pattern: RegExp) => asked.some(({ action }) => pattern.test(action));
  const key = stack.attribute('DataKey', 'Arn');
  const log = stack.attribute(`${name[0]?.toUpperCase()}${name.slice(1)}LogGroup`, 'Arn');
  const streams = sourcesOf(stack, name).filter((arn) => arn.includes(':dynamodb:'));
  const queues = sourcesOf(stack, name).filter((arn) => arn.includes(':sqs:'));
  const sealed = sealedQueues(stack);
  const puts = asked.some(
    ({ action, resource }) => action === 'sqs:SendMessage' && sealed.includes(resource),
  );
  const takes = queues.some((arn) => sealed.includes(arn));
  const gaveUp = destinationsOf(stack, name);
  const files = name === 'export' ? [EXPORTED] : [];
  const listing = streams.length > 0 ? ['dynamodb:ListStreams'] : [];
  const through = (service: string) => ({
    'kms:ViaService': [`${service}.us-east-1.amazonaws.com`],
  });
  const questions: [Names, string[], Decision['context']][] = [
    [LOG, [log.replace(/\*$/, 'log-stream:one')], {}],
    [QUEUE, queues, {}],
    [STREAM, streams, {}],
    [listing, ['*'], {}],
    // What is given up is named there, with the role (Developer Guide, "Retain discarded batches").
    [['sqs:SendMessage'], gaveUp, {}],
    // A file that is put with a lock asks for it, too (S3 User Guide, "Configuring Object Lock").
    [['s3:PutObjectRetention'], files, {}],
    [streams.length > 0 ? ['kms:Decrypt'] : [], [key], through('dynamodb')],
    [did(/^dynamodb:/) ? READ_TABLE : [], [key], through('dynamodb')],
    [did(WRITES) ? WRITE_TABLE : [], [key], through('dynamodb')],
    [puts ? PUT_SEALED : [], [key], through('sqs')],
    [takes ? TAKE_SEALED : [], [key], through('sqs')],
    [did(/^secretsmanager:Get/) ? READ_SECRET : [], [key], through('secretsmanager')],
    [did(/^secretsmanager:Put/) ? WRITE_SECRET : [], [key], through('secretsmanager')],
  ];
  return questions.flatMap(([actions, resources, context]) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({ who: name, action, resource, context })),
    ),
  );
}

/** ARNs of the queues that a key of ours encrypts. */
const sealedQueues = (stack: Stack): string[] =>
  stack
    .ofType('AWS::SQS::Queue')
    .filter((id) => stack.properties(id)['KmsMasterKeyId'] !== undefined)
    .map((id) => stack.attribute(id, 'Arn'));

const EXPORTED = 'arn:aws:s3:::audit/file';

/** ARNs of where it goes what the function has failed with too often. */
const destinationsOf = (stack: Stack, name: string): string[] =>
  stack
    .ofType('AWS::Lambda::EventSourceMapping')
    .map((id) => stack.properties(id))
    .filter(({ FunctionName }) => String(FunctionName).endsWith(`-${name}`))
    .flatMap(({ DestinationConfig }) => {
      const { OnFailure } = (DestinationConfig ?? {}) as { OnFailure?: { Destination: string } };
      return OnFailure ? [OnFailure.Destination] : [];
    });

/** ARNs of what feeds it. */
const sourcesOf = (stack: Stack, name: string): string[] =>
  stack
    .ofType('AWS::Lambda::EventSourceMapping')
    .map((id) => stack.properties(id))
    .filter(({ FunctionName }) => String(FunctionName).endsWith(`-${name}`))
    .map(({ EventSourceArn }) => String(EventSourceArn));
