/** Names that AWS would refuse, from the limits in the API reference of each service. */
import { describe, expect, test } from 'vitest';
import { nameProblems } from '../../build/names.ts';

type Properties = Record<string, unknown>;

const problems = (Type: string, Properties: Properties, stackName = 'latchkey-prod') =>
  nameProblems({ stackName, Resources: { It: { Type, Properties } }, Outputs: {} });
const a = (length: number) => 'a'.repeat(length);

describe.each<[type: string, property: string, most: number]>([
  ['AWS::Lambda::Function', 'FunctionName', 64],
  ['AWS::IAM::Role', 'RoleName', 64],
  ['AWS::SQS::Queue', 'QueueName', 80],
  ['AWS::DynamoDB::Table', 'TableName', 255],
  ['AWS::SecretsManager::Secret', 'Name', 512],
  ['AWS::Logs::LogGroup', 'LogGroupName', 512],
  ['AWS::CloudWatch::Alarm', 'AlarmName', 255],
  ['AWS::CloudWatch::Alarm', 'Namespace', 255],
  ['AWS::SNS::Topic', 'TopicName', 256],
  ['AWS::S3::Bucket', 'BucketName', 63],
  ['AWS::ApiGatewayV2::Api', 'Name', 128],
])('%s has a %s', (type, property, most) => {
  test(`of at most ${most} characters`, () => {
    expect(problems(type, { [property]: a(most) })).toEqual([]);
    expect(problems(type, { [property]: a(most + 1) })).toEqual([
      expect.stringContaining(`(${most + 1} characters)`),
    ]);
  });

  test('that is not empty', () => {
    expect(problems(type, { [property]: '' })).toHaveLength(1);
  });
});

test.each<[string, Properties]>([
  ['AWS::Lambda::Function', { FunctionName: 'latchkey-a b' }],
  ['AWS::Lambda::Function', { FunctionName: 'latchkey-a.b' }],
  ['AWS::SQS::Queue', { QueueName: 'a/b' }],
  ['AWS::DynamoDB::Table', { TableName: 'ab' }],
  ['AWS::DynamoDB::Table', { TableName: 'a b c' }],
  ['AWS::KMS::Alias', { AliasName: 'latchkey-prod' }],
  ['AWS::KMS::Alias', { AliasName: `alias/${a(251)}` }],
  ['AWS::S3::Bucket', { BucketName: 'Latchkey' }],
])('%s: %o is refused', (type, properties) => {
  expect(problems(type, properties)).toHaveLength(1);
});

test.each<[string, Properties]>([
  ['AWS::Lambda::Function', { FunctionName: { Ref: 'Other' } }],
  ['AWS::IAM::Role', {}],
  ['AWS::Lambda::Function', { Description: a(300) }],
  ['AWS::KMS::Alias', { AliasName: 'alias/latchkey-prod' }],
])('%s: %o is left to CloudFormation', (type, properties) => {
  expect(problems(type, properties)).toEqual([]);
});

test.each([`latchkey-${a(120)}`, '1latchkey', 'latchkey_prod'])('no stack is called %s', (name) => {
  expect(problems('AWS::IAM::Role', {}, name)).toHaveLength(1);
});

test.each([a(256), 'latchkey/prod', ''])('nothing is exported as %s', (Name) => {
  const Outputs = { It: { Export: { Name } }, Other: {} };
  expect(nameProblems({ stackName: 'latchkey-prod', Resources: {}, Outputs })).toHaveLength(1);
});

test('all of it, at once', () => {
  const Resources = {
    Login: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: a(65) } },
    Token: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: a(66) } },
  };
  expect(nameProblems({ stackName: 'x', Resources, Outputs: {} })).toHaveLength(2);
});
