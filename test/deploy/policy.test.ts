/** The deployer's rights as docs/deploy.md has them: a policy that AWS takes, and nothing by default. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXPORT_HEAD } from '../../lib/store/events/export-head.ts';

type Statement = {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: object;
};

const page = readFileSync('docs/deploy.md', 'utf8');
const [, block = '{}'] = /policy\.test\.ts[^`]*```json\n(.*?)```/s.exec(page) ?? [];
const policy = JSON.parse(block) as { Version: string; Statement: Statement[] };
const actionsOf = ({ Action }: Statement) => [Action].flat();

/** By the service of each type, which CloudFormation calls in the deployer's name. */
const SERVICES: Readonly<Record<string, string>> = {
  ApiGatewayV2: 'apigateway',
  CloudWatch: 'cloudwatch',
  DynamoDB: 'dynamodb',
  Events: 'events',
  IAM: 'iam',
  KMS: 'kms',
  Lambda: 'lambda',
  Logs: 'logs',
  S3: 's3',
  SQS: 'sqs',
  SecretsManager: 'secretsmanager',
};

test('fits into one managed policy (6,144 characters, IAM User Guide, "quotas")', () => {
  expect(policy.Version).toBe('2012-10-17');
  expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
  const ids = policy.Statement.map(({ Sid }) => Sid);
  expect(new Set(ids).size).toBe(ids.length);
});

test('speaks of each service that the template names', () => {
  const sources = globSync('infra/*.yml').map((file) => readFileSync(file, 'utf8'));
  const types = [...sources.join('\n').matchAll(/Type: AWS::(\w+)::/g)].map(([, it = '']) => it);
  const allowed = policy.Statement.flatMap(actionsOf).map((action) => action.split(':')[0]);
  // What osls adds: the API, the functions' log groups, and the bucket.
  for (const type of new Set([...types, 'ApiGatewayV2', 'Logs', 'S3'])) {
    expect(SERVICES, type).toHaveProperty(type);
    expect(allowed).toContain(SERVICES[type]);
  }
});

describe.each(policy.Statement)('$Sid', (statement) => {
  test('allows actions by name, and by the beginning only what looks', () => {
    expect(statement.Effect).toBe('Allow');
    const wild = actionsOf(statement).filter((action) => action.includes('*'));
    for (const action of wild) expect(action).toMatch(/^\w+:(Describe|Get|GetBucket)\*$/);
    expect(actionsOf(statement)).toEqual(actionsOf(statement).toSorted());
  });

  test('names what is called latchkey, but where AWS knows no name', () => {
    const anonymous = ['WhatKnowsNoName', 'WhatFeedsThem'];
    const unnamed = [statement.Resource].flat().filter((arn) => !arn.includes('latchkey-'));
    if (anonymous.includes(statement.Sid)) expect(unnamed).toEqual(['*']);
    else for (const arn of unnamed) expect(arn).toMatch(/:apigateway:|:kms:\*:\*:key\/\*$/);
  });
});

test('reads one item, no value of the secret, and gives roles to functions alone', () => {
  const allowed = policy.Statement.flatMap(actionsOf);
  for (const action of ['dynamodb:Query', 'dynamodb:Scan', 'secretsmanager:GetSecretValue'])
    expect(allowed).not.toContain(action);
  const reading = policy.Statement.filter((it) => actionsOf(it).includes('dynamodb:GetItem'));
  expect(reading).toMatchObject([
    {
      Action: 'dynamodb:GetItem',
      Resource: 'arn:aws:dynamodb:*:*:table/latchkey-*-events',
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': EXPORT_HEAD.pk } },
    },
  ]);
  const passing = policy.Statement.filter((it) => actionsOf(it).includes('iam:PassRole'));
  expect(passing.map(({ Condition }) => Condition)).toEqual([
    { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  ]);
});
