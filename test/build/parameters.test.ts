/** What a stage's parameters may be: names, kinds, ARNs and numbers. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { partitionOf } from '../../build/parameter-kinds.ts';
import { type Given, PARAMETERS, parameterProblems } from '../../build/parameters.ts';

const SOURCE = readFileSync('serverless.yml', 'utf8');
const { params } = parse(SOURCE, { logLevel: 'silent', merge: true }) as {
  params: Given['sections'];
};
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:alarms';
const CACHE = 'arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod/cache/authorizers';

/** Of the service's own defaults, in Frankfurt, with these for its stage. */
const problems = (prod: Record<string, unknown> | null, more: Partial<Given> = {}) =>
  parameterProblems({
    region: 'eu-central-1',
    stage: 'prod',
    options: [],
    ...more,
    sections: { ...params, prod },
  });
const problemsIn = (region: string, prod: Record<string, unknown>) => problems(prod, { region });

test('each parameter that serverless.yml or infra/ asks for is known, and no other', () => {
  const sources = [SOURCE, ...globSync('infra/*.yml').map((file) => readFileSync(file, 'utf8'))];
  const asked = [...sources.join('\n').matchAll(/\$\{param:(\w+)/g)].map(([, name]) => name);
  expect(Object.keys(PARAMETERS).sort()).toEqual([...new Set(asked)].sort());
  const missing = Object.keys(PARAMETERS).filter((name) => !(name in (params['default'] ?? {})));
  expect(missing).toEqual(['authorizerConcurrency']);
});

describe('nothing is wrong with', () => {
  test.each<[string, Record<string, unknown> | null]>([
    ['the defaults', {}],
    ['a stage without a line', null],
    ['an empty line, for which the default counts', { rotationDays: null, alarmTopics: null }],
    ['numbers as texts', { rotationDays: '7', requestsPerSecond: '0050', loginsBurst: '1' }],
    ['a share of a request a second', { loginsPerSecond: 1.5 }],
    ['a topic of the region', { alarmTopics: [TOPIC] }],
    ['a cache of the region', { flushApis: [CACHE] }],
    ['what CloudFormation knows', { alarmTopics: [{ Ref: 'Topic' }], issuer: { Ref: 'Url' } }],
    ['origins', { allowedOrigins: ['https://app.example.com', 'https://b.example'] }],
    ['no origin', { allowedOrigins: [] }],
    ['an address as identity', { sesIdentity: 'no-reply@example.com' }],
    ['a domain as identity', { sesIdentity: 'example.com' }],
    ['any identity', { sesIdentity: '*' }],
    ['concurrency of its own', { authorizerConcurrency: 100 }],
    [
      'tables that are warm',
      {
        directoryWarmThroughput: { ReadUnitsPerSecond: 12_000 },
        sessionsWarmThroughput: { ReadUnitsPerSecond: 40_000, WriteUnitsPerSecond: '8000' },
        sessionsListWarmThroughput: { WriteUnitsPerSecond: 4000 },
      },
    ],
  ])('%s', (_case, prod) => {
    expect(problems(prod)).toEqual([]);
  });

  test('a value of --param with an equals sign in it', () => {
    expect(problems({}, { options: ['apiAnswers=a1b2c3d4e5=300', 'rotationDays=7'] })).toEqual([]);
  });

  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['eu-west-1', 'aws'],
  ])('ARNs of %s, which are of the partition %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
    const alarmTopics = [`arn:${partition}:sns:${region}:123456789012:alarms`];
    const flushApis = [`arn:${partition}:apigateway:${region}::/apis/a1/stages/$default/x`];
    expect(problemsIn(region, { alarmTopics, flushApis })).toEqual([]);
  });
});

describe('it is said what is wrong with', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a topic that is a queue',
      { alarmTopics: ['arn:aws:sqs:eu-central-1:123456789012:a'] },
      /SNS/,
    ],
    ['a topic of another region', { alarmTopics: [TOPIC.replace('central', 'west')] }, /SNS topic/],
    [
      'a topic of another partition',
      { alarmTopics: [TOPIC.replace('aws', 'aws-cn')] },
      /SNS topic/,
    ],
    ['a topic without an account', { alarmTopics: ['arn:aws:sns:eu-central-1::a'] }, /SNS topic/],
    ['a subscription', { alarmTopics: [`${TOPIC}:7f8a1b2c-0000-4000-8000-000000000000`] }, /SNS/],
    ['the name of a topic', { alarmTopics: ['alarms'] }, /SNS topic/],
    ['an address', { alarmTopics: ['ops@example.com'] }, /SNS topic/],
    ['an empty topic', { alarmTopics: [''] }, /SNS topic/],
    ['a number for a topic', { alarmTopics: [7] }, /is no text/],
    ['one topic, not in a list', { alarmTopics: TOPIC }, /alarmTopics is a list/],
    ['a cache of another region', { flushApis: [CACHE.replace('central', 'west')] }, /not in eu-c/],
    [
      'a cache of another partition',
      { flushApis: [CACHE.replace('aws', 'aws-cn')] },
      /not in eu-c/,
    ],
    ['one origin, not in a list', { allowedOrigins: 'https://a.example' }, /allowedOrigins is a l/],
    ['any identity of a kind', { sesIdentity: '*.example.com' }, /sesIdentity must be an address/],
    ['an identity by its ARN', { sesIdentity: 'arn:aws:ses:a:1:identity/b' }, /sesIdentity/],
    ['two identities', { sesIdentity: 'a.com,b.com' }, /sesIdentity/],
    ['no days', { rotationDays: 0 }, /rotationDays must be a whole number from 1 to 1000, not 0/],
    ['too many days', { rotationDays: 1001 }, /rotationDays/],
    ['days that are a word', { rotationDays: 'monthly' }, /rotationDays .*"monthly"/],
    ['half a day', { rotationDays: 0.5 }, /rotationDays/],
    ['a negative number', { requestsPerSecond: -1 }, /requestsPerSecond/],
    ['an exponent', { requestsPerSecond: '1e9' }, /requestsPerSecond/],
    ['nothing a second', { loginsPerSecond: 0 }, /loginsPerSecond/],
    ['a number with its unit', { requestsBurst: '100/s' }, /requestsBurst/],
    ['a share of a burst', { loginsBurst: 1.5 }, /loginsBurst/],
    ['an empty number', { requestsBurst: '' }, /requestsBurst/],
    ['a list of numbers', { rotationDays: [30] }, /rotationDays .*\[30\]/],
    ['no instance for the authorizer', { authorizerConcurrency: 0 }, /authorizerConcurrency/],
    [
      'fewer units than a table begins with',
      { directoryWarmThroughput: { ReadUnitsPerSecond: 11_999 } },
      /^directoryWarmThroughput: ReadUnitsPerSecond must be a whole number from 12000 to .* 11999$/,
    ],
    [
      'fewer units to write',
      { sessionsListWarmThroughput: { WriteUnitsPerSecond: 3999 } },
      /^sessionsListWarmThroughput: WriteUnitsPerSecond must be a whole number from 4000/,
    ],
    [
      'half a unit',
      { sessionsWarmThroughput: { WriteUnitsPerSecond: 4000.5 } },
      /^sessionsWarmThroughput: WriteUnitsPerSecond must be a whole number/,
    ],
    [
      'units by another name',
      { sessionsWarmThroughput: { ReadUnitsPerSecond: 40_000, WriteUnits: 8000 } },
      /^sessionsWarmThroughput: WriteUnits is none of it$/,
    ],
    [
      'units by a name of every object',
      { sessionsWarmThroughput: { constructor: 8000 } },
      /constructor is none of it$/,
    ],
    ['units without a kind', { sessionsWarmThroughput: 40_000 }, /must be such as \{ ReadUnits/],
    ['a list of units', { sessionsWarmThroughput: [40_000, 8000] }, /must be such as \{ ReadUnits/],
    ['no units at all', { sessionsWarmThroughput: {} }, /must be such as \{ ReadUnits/],
    ['two issuers', { issuer: ['https://a.example', 'https://b.example'] }, /issuer is one value/],
    [
      'a name that is misspelt',
      { alarmTopic: [TOPIC] },
      /^alarmTopic is no parameter \(params.prod/,
    ],
    ['a name with another case', { RotationDays: 7 }, /^RotationDays is no parameter/],
    ['a name of every object', { constructor: 'x' }, /^constructor is no parameter/],
  ])('%s', (_case, prod, said) => {
    const found = problems(prod);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(said);
  });

  test.each([
    ['alarmTopic=x', 'alarmTopic is no parameter (--param)'],
    ['flushApis=x', 'flushApis is a list, which --param cannot give: write it into serverless.yml'],
    [
      'sessionsWarmThroughput=40000',
      'sessionsWarmThroughput must be such as { ReadUnitsPerSecond: 40000, WriteUnitsPerSecond: 8000 }, which --param cannot give: write it into serverless.yml',
    ],
    ['rotationDays=x', 'rotationDays must be a whole number from 1 to 1000, not "x"'],
  ])('--param %s', (option, said) => {
    expect(problems({}, { options: [option] })).toEqual([said]);
  });

  test('a name that is unknown in a stage that is not deployed now', () => {
    const sections = { ...params, staging: { isuer: 'https://a.example' } };
    const given = { region: 'eu-central-1', stage: 'prod', options: [], sections };
    expect(parameterProblems(given)).toEqual(['isuer is no parameter (params.staging)']);
  });

  test('all of it, at once', () => {
    const found = problems(
      { rotationDays: 0, alarmTopics: ['a', 'b'], x: 1 },
      { options: ['y=1'] },
    );
    expect(found).toHaveLength(5);
  });
});

test('what --param gives counts before the stage, and the stage before the default', () => {
  expect(problems({ rotationDays: 'x' }, { options: ['rotationDays=7'] })).toEqual([]);
  expect(problems({ rotationDays: 7 }, { options: ['rotationDays=x'] })).toHaveLength(1);
});
