/** The compiled CloudFormation: what each function may touch, and how the data is kept. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { adopt } from '../../bin/stage/adopt.ts';
import { connectStage } from '../../bin/stage/connect.ts';
import { namesOf, TABLES } from '../../bin/stage/names.ts';
import { LEAKED_FILE } from '../../build/leaked.ts';
import { resolveStack } from '../../dev/template.ts';
import { Account } from '../support/account/account.ts';
import { serveAccount } from '../support/account/server.ts';
import { addExportKey, addRetained } from '../support/account/stage.ts';
import { type Packaged, packageChanged, packageService, type Template } from './package.ts';

type Statement = {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
};
type Role = { Policies: { PolicyDocument: { Statement: Statement[] } }[] };

const ROLES = [
  'LoginRole',
  'SigninRole',
  'RecoveryRole',
  'TokenRole',
  'InspectRole',
  'UsersRole',
  'AccountRole',
  'LogoutRole',
  'SignoutRole',
  'NotifyRole',
  'DiscoveryRole',
  'OpenapiRole',
  'FrontRole',
  'ConsoleRole',
  'WebitelRole',
  'AdminRole',
  'PreflightRole',
  'AuthorizerRole',
  'FlushRole',
  'RotateRole',
  'TrailRole',
  'PublishRole',
  'ExportRole',
  'MailRole',
];
/** `ForAllValues` holds for a request without the key, so each of them says that there is one. */
const OF_A_KEY = { Null: { 'dynamodb:LeadingKeys': false } };
const DIRECTORY = { 'Fn::GetAtt': ['DirectoryTable', 'Arn'] };

let dev: Packaged;
let prod: Packaged;
const KINDS = ['http', 'rest', 'websocket', 'appsync'] as const;
let examples: Record<(typeof KINDS)[number], Packaged>;

beforeAll(async () => {
  const example = (kind: string) => packageService(`examples/protected-api/${kind}`);
  const packaged = [packageService('.'), packageService('.', '--stage', 'prod')] as const;
  const [first, second, http, rest, websocket, appsync] = await Promise.all([
    ...packaged,
    example('http'),
    example('rest'),
    example('websocket'),
    example('appsync'),
  ]);
  [dev, prod, examples] = [first, second, { http, rest, websocket, appsync }];
}, 300_000);

afterEach(() => vi.unstubAllEnvs());

const ofType = ({ Resources }: Template, type: string) =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);
const propertiesOf = <T>(id: string) => dev.template.Resources[id]?.Properties as T;
const statementsOf = (role: string) =>
  propertiesOf<Role>(role).Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
const actionsOf = (statements: Statement[]) => statements.flatMap(({ Action }) => Action);

/** Actions that know no resource (Service Authorization Reference: DynamoDB, CloudWatch). */
const OF_NO_RESOURCE: Readonly<Record<string, string[]>> = {
  FlushRole: ['dynamodb:ListStreams'],
  TrailRole: ['dynamodb:ListStreams'],
  AdminRole: ['cloudwatch:GetMetricData'],
};

describe('roles', () => {
  test('each function has its own, and there is no other', () => {
    const used = ofType(dev.template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => (Properties['Role'] as typeof DIRECTORY)['Fn::GetAtt'][0],
    );
    const existing = ofType(dev.template, 'AWS::IAM::Role').map(([id]) => id);
    expect(used.sort()).toEqual(ROLES.toSorted());
    expect(existing.sort()).toEqual(ROLES.toSorted());
  });

  test.each(ROLES)('%s names every resource, and no data action by wildcard', (role) => {
    const everywhere = statementsOf(role).filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(actionsOf(everywhere)).toEqual(OF_NO_RESOURCE[role] ?? []);
    const wild = actionsOf(statementsOf(role)).filter((action) => action.includes('*'));
    expect(wild.filter((action) => !/^kms:(ReEncrypt|GenerateDataKey)\*$/.test(action))).toEqual(
      [],
    );
    expect(propertiesOf<object>(role)).not.toHaveProperty('ManagedPolicyArns');
  });

  test.each(ROLES)('%s is permitted by keys only what names one', (role) => {
    for (const { Condition = {} } of statementsOf(role)) {
      const tests = Object.entries(Condition).filter(
        ([operator, keys]) =>
          operator.startsWith('ForAllValues:') && 'dynamodb:LeadingKeys' in keys,
      );
      if (tests.length > 0) expect(Condition).toMatchObject(OF_A_KEY);
    }
  });

  test('flush learns which items changed, not what is in them, and may flush nothing else', () => {
    const actions = actionsOf(statementsOf('FlushRole')).filter((it) => !it.startsWith('logs:'));
    expect(actions.every((it) => /Stream|GetRecords|GetShardIterator|^kms:Decrypt/.test(it))).toBe(
      true,
    );
    for (const table of ['DirectoryTable', 'SessionsTable'])
      expect(propertiesOf(table)).toMatchObject({
        StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      });
    expect(propertiesOf('FlushPolicy')).toMatchObject({
      PolicyDocument: { Statement: [{ Action: 'apigateway:DELETE', Resource: [] }] },
    });
    for (const [id, resource] of Object.entries(dev.template.Resources))
      if (/^Flush(Policy|EventSourceMapping)/.test(id))
        expect(resource, id).toMatchObject({ Condition: 'FlushesApis' });
  });

  test('no record that takes nothing away reaches flush', () => {
    type Criteria = { Filters: { Pattern: string }[] };
    const patterns = ofType(dev.template, 'AWS::Lambda::EventSourceMapping')
      .filter(([id]) => id.startsWith('Flush'))
      .map(([, { Properties }]) =>
        (Properties['FilterCriteria'] as Criteria).Filters.map(
          ({ Pattern }) => JSON.parse(Pattern) as unknown,
        ),
      );
    const eventName = ['REMOVE', 'MODIFY'];
    const kinds = [
      [{ prefix: 'session#' }],
      ['subject', 'domain', 'role', 'resources', 'manifest'],
    ];
    expect(patterns).toEqual(kinds.map((S) => [{ eventName, dynamodb: { Keys: { sk: { S } } } }]));
  });
});

test('what is queued is encrypted, tried again, and in the end kept for a look', () => {
  const queue = propertiesOf<Record<string, unknown>>('LogoutQueue');
  const notify = propertiesOf<{ Timeout: number }>('NotifyLambdaFunction');
  expect(queue).toMatchObject({
    SqsManagedSseEnabled: true,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['LogoutDeadLetters', 'Arn'] } },
  });
  expect(queue['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * notify.Timeout);
  const feed = ofType(dev.template, 'AWS::Lambda::EventSourceMapping').find(([id]) =>
    id.startsWith('Notify'),
  );
  expect(feed?.[1].Properties).toMatchObject({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

describe('orders for mails', () => {
  test('are encrypted by our key, and kept no longer than a day', () => {
    for (const id of ['MailQueue', 'MailDeadLetters']) {
      const queue = propertiesOf<{ MessageRetentionPeriod: number }>(id);
      expect(queue).toMatchObject({ KmsMasterKeyId: { Ref: 'DataKey' } });
      expect(queue.MessageRetentionPeriod).toBeLessThanOrEqual(86_400);
    }
    const { VisibilityTimeout } = propertiesOf<{ VisibilityTimeout: number }>('MailQueue');
    const { Timeout } = propertiesOf<{ Timeout: number }>('MailLambdaFunction');
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
  });

  test('are made, read and sent only where a stage says how', () => {
    const { Resources, Conditions } = dev.template as Template & { Conditions: object };
    expect(Conditions).toMatchObject({
      SendsMail: { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': ['', ['none']] }, 'none'] }] },
    });
    const ofMail = Object.entries(Resources).filter(
      ([id, { Type }]) => /^Mail/.test(id) && Type !== 'AWS::SQS::Queue',
    );
    expect(ofMail.length).toBeGreaterThan(8);
    for (const [id, resource] of ofMail)
      expect(resource, id).toMatchObject({ Condition: expect.stringMatching(/^Sends/) });
    expect(propertiesOf('TrailLambdaFunction')).toMatchObject({
      Environment: {
        Variables: { MAIL_QUEUE: { 'Fn::If': ['SendsMail', { Ref: 'MailQueue' }, ''] } },
      },
    });
  });

  test('go by SES from one address, or by the password of one relay', () => {
    const statements = (id: string) =>
      propertiesOf<{ PolicyDocument: { Statement: Statement[] } }>(id).PolicyDocument.Statement;
    expect(statements('MailBySes')).toMatchObject([
      { Condition: { StringEquals: { 'ses:FromAddress': expect.any(String) } } },
    ]);
    expect(statements('MailBySmtp')[0]).toMatchObject({
      Action: 'secretsmanager:GetSecretValue',
      Resource: { 'Fn::Sub': expect.stringMatching(/:secret:-\?{6}$/) },
    });
  });
});

test('CORS is left to the functions: API Gateway would answer for the pages too', () => {
  expect(propertiesOf('HttpApi')).not.toHaveProperty('CorsConfiguration');
  const preflights = ofType(dev.template, 'AWS::ApiGatewayV2::Route')
    .map(([, { Properties }]) => String(Properties['RouteKey']))
    .filter((key) => key.startsWith('OPTIONS'));
  expect(preflights).toEqual(['OPTIONS /{proxy+}']);
});

describe('data', () => {
  test.each(['DirectoryTable', 'SessionsTable', 'EventsTable'])(
    '%s is protected and outlives the stack',
    (id) => {
      expect(dev.template.Resources[id]).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: {
            SSEEnabled: true,
            KMSMasterKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] },
          },
        },
      });
    },
  );

  test('sessions and events expire by TTL, and of the directory only what is in force no more', () => {
    const ttl = { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };
    expect(propertiesOf('SessionsTable')).toMatchObject(ttl);
    expect(propertiesOf('EventsTable')).toMatchObject(ttl);
    expect(propertiesOf('DirectoryTable')).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'contentUntil', Enabled: true },
    });
  });

  test('no table is warmed unless it is asked for, and then by as much as is asked', async () => {
    const absent = { Ref: 'AWS::NoValue' };
    for (const id of ['DirectoryTable', 'SessionsTable'])
      expect(propertiesOf<object>(id)).toMatchObject({ WarmThroughput: absent });
    expect(propertiesOf<object>('EventsTable')).not.toHaveProperty('WarmThroughput');
    const units = { ReadUnitsPerSecond: 40_000, WriteUnitsPerSecond: 8000 };
    const warmed = await packageChanged('.', (text) =>
      text
        .replace(/(directoryWarmThroughput:).*/, '$1 { ReadUnitsPerSecond: 20000 }')
        .replace(/(sessionsWarmThroughput:).*/, `$1 ${JSON.stringify(units)}`)
        .replace(/(sessionsListWarmThroughput:).*/, '$1 { WriteUnitsPerSecond: 8000 }'),
    );
    const { DirectoryTable, SessionsTable } = warmed.template.Resources;
    expect(DirectoryTable?.Properties).toMatchObject({
      WarmThroughput: { ReadUnitsPerSecond: 20_000 },
    });
    expect(SessionsTable?.Properties).toMatchObject({
      WarmThroughput: units,
      GlobalSecondaryIndexes: [{ WarmThroughput: { WriteUnitsPerSecond: 8000 } }],
    });
  }, 120_000);

  test('and without being asked the local stack, too, has the table as before', () => {
    const stack = resolveStack(dev.template, { name: 'latchkey-dev' });
    for (const id of ['DirectoryTable', 'SessionsTable']) {
      const properties = stack.properties(id) as { GlobalSecondaryIndexes: object[] };
      expect(properties).not.toHaveProperty('WarmThroughput');
      expect(properties.GlobalSecondaryIndexes[0]).not.toHaveProperty('WarmThroughput');
    }
  });

  test('the signing keys are encrypted, kept and rotated from the first day', () => {
    expect(dev.template.Resources['SigningKeys']).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { KmsKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
    });
    expect(propertiesOf('SigningKeysRotation')).toMatchObject({
      RotationRules: { AutomaticallyAfterDays: expect.any(Number) },
      RotateImmediatelyOnUpdate: true,
    });
    expect(propertiesOf('RotatePermission')).toMatchObject({
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { Ref: 'SigningKeys' },
    });
    expect(dev.template.Resources['DataKey']).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

test('a guess at a password or a secret is limited more than other requests', () => {
  const { RouteSettings } = propertiesOf<{ RouteSettings: object }>('HttpApiStage');
  const limited = Object.keys(RouteSettings);
  expect(limited).toEqual(
    expect.arrayContaining([
      'POST /login',
      'POST /oauth/login',
      'POST /oauth/token',
      'POST /login/connect/token',
    ]),
  );
  // A stage can only limit routes that exist already.
  const routes = ofType(dev.template, 'AWS::ApiGatewayV2::Route')
    .filter(([, { Properties }]) => limited.includes(String(Properties['RouteKey'])))
    .map(([id]) => id);
  expect(dev.template.Resources['HttpApiStage']?.DependsOn).toEqual(expect.arrayContaining(routes));
  expect(routes).toHaveLength(limited.length);
});

test('no route of ours has an authorizer in front: each function judges its callers itself', () => {
  const routes = ofType(dev.template, 'AWS::ApiGatewayV2::Route').map(
    ([, { Properties }]) => Properties,
  );
  expect(routes.length).toBeGreaterThan(50);
  for (const route of routes) expect(route).not.toHaveProperty('AuthorizerId');
  expect(ofType(dev.template, 'AWS::ApiGatewayV2::Authorizer')).toEqual([]);
});

test('S3: each GET has its HEAD, at the same function, and no other route has one', () => {
  const targets = new Map(
    ofType(dev.template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      String(Properties['RouteKey']),
      Properties['Target'],
    ]),
  );
  const pathsOf = (method: string) =>
    [...targets.keys()]
      .filter((key) => key.startsWith(`${method} `))
      .map((key) => key.slice(method.length + 1));
  expect(pathsOf('GET').length).toBeGreaterThan(15);
  expect(pathsOf('HEAD').sort()).toEqual(pathsOf('GET').sort());
  for (const path of pathsOf('GET'))
    expect(targets.get(`HEAD ${path}`)).toEqual(targets.get(`GET ${path}`));
});

test('S4: what no route takes is answered by us', () => {
  const keys = ofType(dev.template, 'AWS::ApiGatewayV2::Route').map(
    ([, { Properties }]) => Properties['RouteKey'],
  );
  expect(keys).toContain('$default');
});

describe('the console', () => {
  const stackWith = (console: string) => {
    const Conditions = {
      ...dev.template.Conditions,
      ServesConsole: { 'Fn::Equals': [console, 'true'] },
    };
    return resolveStack({ ...dev.template, Conditions }, { name: 'latchkey-dev' });
  };
  const urlFor = (console: string) => {
    const { Variables } = stackWith(console).properties('AdminLambdaFunction')['Environment'] as {
      Variables: Record<string, string>;
    };
    return Variables['CONSOLE_URL'];
  };

  test('has another origin than the issuer, and writes nothing but its log', () => {
    const stack = stackWith('true');
    const [first, second] = stack.ofType('AWS::ApiGatewayV2::Api').map((id) => stack.ref(id));
    expect(first).not.toBe(second);
    expect(urlFor('true')).toMatch(/^https:\/\/[^/]+$/);
    expect(actionsOf(statementsOf('ConsoleRole'))).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });

  test('is left out where a stage says so, with all that belongs to it', () => {
    const stack = stackWith('false');
    expect([...stack.types().keys()].filter((id) => /^Console/.test(id))).toEqual([]);
    expect(stack.ofType('AWS::ApiGatewayV2::Api')).toHaveLength(1);
    expect(urlFor('false')).toBe('');
    expect(Object.keys(stack.exports).filter((name) => /console/.test(name))).toEqual([]);
  });
});

test('the alarm for a lost trail hears of the first one, whatever it was', () => {
  const { MetricName, Dimensions, Threshold } = propertiesOf<{
    MetricName: string;
    Dimensions?: object;
    Threshold: number;
  }>('TrailLostAlarm');
  // As lib/events/go-on.ts counts it: by nothing.
  expect([MetricName, Dimensions, Threshold]).toEqual(['TrailLost', undefined, 0]);
});

test('the dashboard shows how long events wait to be told, and throttled writes of each table', () => {
  const body = JSON.stringify(propertiesOf('Dashboard'));
  expect(body).toContain('IteratorAge');
  for (const table of TABLES)
    expect(body).toContain(`WriteThrottleEvents\\", \\"TableName\\", \\"\${${table}}`);
});

test('the access log of the HTTP example has address, route and the authorizer’s milliseconds', () => {
  const stages = ofType(examples.http.template, 'AWS::ApiGatewayV2::Stage');
  for (const [, { Properties }] of stages) {
    const { Format } = Properties['AccessLogSettings'] as { Format: string };
    expect(JSON.parse(Format)).toMatchObject({
      address: '$context.identity.sourceIp',
      route: '$context.routeKey',
      authorizerMs: '$context.authorizer.authorizerMs',
    });
    expect(Format).not.toMatch(/path|query|header/i);
  }
  expect(stages).toHaveLength(1);
});

test('the access log holds neither query strings nor headers', () => {
  const { AccessLogSettings } = propertiesOf<{ AccessLogSettings: { Format: string } }>(
    'HttpApiStage',
  );
  expect(AccessLogSettings.Format).not.toMatch(/path|query|header|authorizer/i);
});

test("stages differ in their names and in parameters' values only", () => {
  const [first, second] = [leaves(dev.template, 'dev'), leaves(prod.template, 'prod')];
  expect([...second.keys()]).toEqual([...first.keys()]);
  const different = [...first.keys()].filter((path) => first.get(path) !== second.get(path));
  const settings = new Set(different.map((path) => path.split('/').at(-1)));
  expect([...settings].sort()).toEqual([
    'RetentionInDays',
    'ThrottlingBurstLimit',
    'ThrottlingRateLimit',
  ]);
});

/** Every value by its path, without the stage's name, the time of packaging and the settings' digest. */
function leaves(value: unknown, stage: string, path = ''): Map<string, unknown> {
  const common = (text: string) => text.replace(/(?<=LambdaVersion)\w+/, 'DIGEST');
  if (typeof value !== 'object' || value === null) {
    const text = String(value).replaceAll(new RegExp(`\\b${stage}\\b`, 'g'), 'STAGE');
    return new Map([[common(path), common(text).replace(/\d{13}-[\d-]+T[\d:.]+Z/, 'TIME')]]);
  }
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => [...leaves(inner, stage, `${path}/${name}`)]),
  );
}

/** Names that are unique where they are used: in a function, an API, a role, a namespace. */
const NAMED_WITHIN = [
  'AWS::Lambda::Alias Name',
  'AWS::ApiGatewayV2::Authorizer Name',
  'AWS::ApiGatewayV2::Stage StageName',
  'AWS::IAM::Policy PolicyName',
  'AWS::CloudWatch::Alarm MetricName',
  'AWS::ApiGateway::Authorizer Name',
  'AWS::ApiGateway::Deployment StageName',
  'AWS::AppSync::DataSource Name',
  'AWS::AppSync::Resolver TypeName',
  'AWS::AppSync::Resolver FieldName',
];

test('two stages of one account do not meet: each name that is given has the stage in it', () => {
  for (const { template } of [dev, ...Object.values(examples)]) {
    const given = Object.entries(template.Resources).flatMap(([, { Type, Properties = {} }]) =>
      Object.entries(Properties)
        .filter(([property, value]) => /(Name|Namespace)$/.test(property) && isOurs(value))
        .filter(([property]) => !NAMED_WITHIN.includes(`${Type} ${property}`))
        .map(([, name]) => name),
    );
    const exported = Object.values(template.Outputs).flatMap(({ Export }) => Export?.Name ?? []);
    const names = [...given, ...exported].filter((name) => !/\bdev\b/.test(String(name)));
    expect(names).toEqual([]);
    expect(given.length).toBeGreaterThan(0);
  }
});

const isOurs = (name: unknown) => typeof name === 'string' && !name.startsWith('AWS/');

test('China and GovCloud get what they call it: no ARN, host or region is spelt out', () => {
  for (const { template } of [dev, prod, ...Object.values(examples)]) {
    const text = JSON.stringify(template);
    expect(text).not.toMatch(/arn:aws:|us-east-1/);
    const hosts = [...text.matchAll(/[\w.${}:-]*amazonaws\.com[\w.]*/g)].map(([host]) => host);
    const principal = /^(lambda|apigateway|appsync|events|secretsmanager|s3)\.amazonaws\.com$/;
    const viaService = /^(dynamodb|secretsmanager|sqs)\.\$\{AWS::Region\}\.amazonaws\.com$/;
    expect(hosts.filter((host) => !principal.test(host) && !viaService.test(host))).toEqual([]);
  }
  const through = statementsOf('LoginRole').map(({ Condition }) => Condition?.['StringEquals']);
  for (const service of ['dynamodb', 'secretsmanager'])
    expect(through).toContainEqual({
      'kms:ViaService': [
        { 'Fn::Sub': `${service}.\${AWS::Region}.amazonaws.com` },
        { 'Fn::Sub': `${service}.\${AWS::Region}.\${AWS::URLSuffix}` },
      ],
    });
});

test('what cannot be deployed is not packaged, and all of it is said at once', async () => {
  const wrong = (text: string) =>
    text
      .replace('allowedOrigins: ["*"]', 'allowedOrigins: ["https://app.example.com/"]')
      .replace('flushApis: []', 'flushApis: ["arn:aws:apigateway:us-east-1::/apis/a1"]')
      .replace('alarmTopics: []', 'alarmTopics: ["arn:aws:sqs:us-east-1:123456789012:alarms"]')
      .replace('rotationDays: 30', 'rotationDays: never')
      .replace('mailTransport: none', 'mailTransport: ses')
      .replace('  prod: {}', '  prod: { alarmTopic: x }');
  const given = ['isuer=https://auth.example.com', 'accessTokenLifetime=3000000'];
  const options = given.flatMap((parameter) => ['--param', parameter]);
  const said = packageChanged('.', wrong, ...options).catch(({ stdout }) => String(stdout));
  for (const line of [
    /^ {2}isuer is no parameter \(--param\)$/m,
    /^ {2}alarmTopic is no parameter \(params.prod\)$/m,
    /^ {2}rotationDays must be a whole number from 1 to 1000, not "never"$/m,
    /^ {2}alarmTopics: "arn:aws:sqs:.*" is not the ARN of an SNS topic in us-east-1/m,
    /^ {2}ACCESS_TOKEN_LIFETIME must not exceed MAX_TOKEN_LIFETIME \(token\)$/m,
    /^ {2}ALLOWED_ORIGINS must hold origins .*\(login, .*admin.*\)$/m,
    /^ {2}MAIL_FROM is missing \(mail\)$/m,
    /^ {2}FLUSH_APIS: arn:.* is not the ARN of an authorizer cache \(flush\)$/m,
  ])
    expect(await said).toMatch(line);
}, 120_000);

test('a parameter that is missing, or that osls checks itself, is said by its place', async () => {
  const without = packageChanged('.', (text) => text.replace(/^ {4}rotationDays: 30\n/m, ''));
  await expect(without).rejects.toMatchObject({
    stdout: expect.stringMatching(/rotationDays|SigningKeysRotation/),
  });
  await expect(packageService('.', '--param', 'logRetentionDays=13')).rejects.toMatchObject({
    stdout: expect.stringMatching(
      /provider.logRetentionInDays.*must be equal to one of the allowed/,
    ),
  });
}, 120_000);

test('D10: a stage whose names AWS would refuse is not packaged', async () => {
  const longest = 'a'.repeat(44);
  await expect(packageService('.', '--stage', longest)).resolves.toBeDefined();
  await expect(packageService('.', '--stage', `${longest}a`)).rejects.toMatchObject({
    stdout: expect.stringMatching(/latchkey-a+-authorizer \(65 characters\) is too long/),
  });
}, 120_000);

test('operators’ commands call a stage’s parts as the template does', () => {
  const { stack, tables, secret, keyAlias, keyDescription, exportKeyDescription, logGroups } =
    namesOf('dev');
  expect(stack).toBe('latchkey-dev');
  for (const id of TABLES) expect(propertiesOf(id)).toMatchObject({ TableName: tables[id] });
  expect(propertiesOf('SigningKeys')).toMatchObject({ Name: secret });
  expect(propertiesOf('DataKey')).toMatchObject({ Description: keyDescription });
  expect(propertiesOf('ExportKey')).toMatchObject({ Description: exportKeyDescription });
  expect(propertiesOf('DataKeyAlias')).toMatchObject({ AliasName: keyAlias });
  const groups = ofType(dev.template, 'AWS::Logs::LogGroup');
  expect(logGroups.toSorted()).toEqual(
    groups.map(([, { Properties }]) => Properties['LogGroupName']).sort(),
  );
  // What is kept and not known to them could not be adopted.
  const retained = Object.entries(dev.template.Resources)
    .filter(([, { DeletionPolicy = '' }]) => DeletionPolicy.startsWith('Retain'))
    .map(([id]) => id.replace(/^AuthorizerLambdaVersion.*/, 'a version'));
  expect(retained.sort()).toEqual(
    ['DataKey', 'ExportKey', ...TABLES, 'SigningKeys', 'a version'].sort(),
  );
});

test('after an adoption, the deployment finds nothing to change in what was adopted', async () => {
  const account = new Account();
  await using served = await serveAccount(account);
  const key = addRetained(account, 'dev');
  key.policy = JSON.stringify(propertiesOf<{ KeyPolicy: object }>('DataKey').KeyPolicy);
  addExportKey(account, 'dev').policy = JSON.stringify(
    propertiesOf<{ KeyPolicy: object }>('ExportKey').KeyPolicy,
  );
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'])
    vi.stubEnv(name, 'eu-central-1');
  await adopt(connectStage('dev', { endpoint: served.endpoint, pause: async () => {} }));
  const adopted = account.stacks[0]?.template.Resources ?? {};
  expect(Object.keys(adopted)).toHaveLength(6);
  for (const [id, { Properties }] of Object.entries(adopted)) {
    // How long a deletion takes is not told by any key.
    const { PendingWindowInDays: _days, ...deployed } = propertiesOf<Record<string, unknown>>(id);
    expect(Properties, id).toEqual(withoutAbsent(deployed));
  }
});

/** What a parameter leaves out is not there for CloudFormation, however deep. */
const withoutAbsent = (properties: object): unknown =>
  JSON.parse(
    JSON.stringify(properties, (_name, value: unknown) =>
      isDeepStrictEqual(value, { Ref: 'AWS::NoValue' }) ? undefined : value,
    ),
  );

test('SECURITY.md says of each function what it is trusted with', () => {
  const page = readFileSync(join(import.meta.dirname, '../../SECURITY.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  const functions = Object.keys(prod.zips).map((zip) => zip.replace('.zip', ''));
  expect([...new Set(rows)].sort()).toEqual(functions.sort());
});

test('the console is told of every alarm, and asks for no others', () => {
  const variables = (template: Template) => {
    const { Environment } = (template.Resources['AdminLambdaFunction']?.Properties ?? {}) as {
      Environment: { Variables: { ALARMS: { 'Fn::Join': [string, object[]] } } };
    };
    return JSON.stringify(Environment.Variables.ALARMS['Fn::Join'][1]);
  };
  const asked = [...variables(prod.template).matchAll(/"Ref":"(\w+Alarm)"/g)].map(([, id]) => id);
  const alarms = ofType(prod.template, 'AWS::CloudWatch::Alarm').map(([id]) => id);
  expect(asked.toSorted()).toEqual(alarms.toSorted());
});

test('every alarm tells somebody, is quiet when nothing happens, and has its line in docs/operate.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');
  const alarms = ofType(prod.template, 'AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeGreaterThan(0);
  for (const [id, { Properties }] of alarms) {
    // Of an export that does not run, nothing is what is heard.
    const missing = id === 'ExportBehindAlarm' ? 'breaching' : 'notBreaching';
    expect(Properties, id).toMatchObject({ AlarmActions: [], TreatMissingData: missing });
    expect(page).toContain(`| \`${id}\``);
  }
  const documented = [...page.matchAll(/^\| `(\w+Alarm)`/gm)].map(([, id]) => id);
  expect(new Set(documented)).toEqual(new Set(alarms.map(([id]) => id)));
  const saved = ofType(prod.template, 'AWS::Logs::QueryDefinition').map(([, { Properties }]) =>
    String(Properties?.['Name']),
  );
  for (const [row] of page.matchAll(/^\| `\w+Alarm`.*$/gm)) {
    const [, , means = '', query = '', deed = ''] = row.split('|').map((cell) => cell.trim());
    expect([row, means !== '', deed !== '']).toEqual([row, true, true]);
    expect(saved, row).toContain(`latchkey-prod/${query.replaceAll('`', '')}`);
  }
});

test('each zip holds one bundle, its own', () => {
  const names = [
    'account',
    'admin',
    'authorizer',
    'console',
    'discovery',
    'export',
    'flush',
    'front',
    'inspect',
    'login',
    'logout',
    'mail',
    'notify',
    'openapi',
    'preflight',
    'publish',
    'recovery',
    'rotate',
    'signin',
    'signout',
    'token',
    'trail',
    'users',
    'webitel',
  ];
  // Those that set passwords have the list of leaked ones beside them.
  const beside = (name: string) =>
    ['account', 'admin', 'recovery', 'users'].includes(name) ? [`functions/${LEAKED_FILE}`] : [];
  const expected = Object.fromEntries(
    names.map((name) => [`${name}.zip`, [`functions/${name}.js`, ...beside(name)].toSorted()]),
  );
  const sorted = Object.entries(prod.zips).map(([zip, files]) => [zip, files.toSorted()]);
  expect(Object.fromEntries(sorted)).toEqual(expected);
});

describe.each(KINDS)('the %s example', (kind) => {
  const code = { http: 'handler', rest: 'handler', websocket: 'socket', appsync: 'graph' }[kind];

  test('knows nothing of Latchkey but the ARN of its authorizer, and where a person signs in', () => {
    const text = JSON.stringify(examples[kind].template);
    const imports = [...text.matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name);
    // Only a REST API can say it: docs/protect-your-api.md.
    const known = kind === 'rest' ? ['AuthorizerArn', 'ConsoleUrl'] : ['AuthorizerArn'];
    expect(new Set(imports)).toEqual(
      new Set(known.map((name) => dev.template.Outputs[name]?.Export?.Name)),
    );
    for (const files of Object.values(examples[kind].zips)) expect(files).toEqual([`${code}.mjs`]);
  });

  test('asks the authorizer at every call, whichever header the caller uses', () => {
    const { template } = examples[kind];
    const authorizers = [
      ...ofType(template, 'AWS::ApiGatewayV2::Authorizer'),
      ...ofType(template, 'AWS::ApiGateway::Authorizer'),
      ...ofType(template, 'AWS::AppSync::GraphQLApi'),
    ].map(([, { Properties }]) => (Properties['LambdaAuthorizerConfig'] as object) ?? Properties);
    for (const authorizer of authorizers) {
      // A WebSocket API keeps no answers, and has no such setting.
      if (kind !== 'websocket')
        expect(authorizer).toMatchObject({ AuthorizerResultTtlInSeconds: 0 });
      if (authorizer['Type' as never] !== 'TOKEN')
        expect(authorizer).not.toHaveProperty('IdentitySource');
    }
    expect(authorizers.length).toBeGreaterThan(0);
  });

  test('lets no other API invoke its functions', () => {
    for (const [id, { Properties }] of ofType(examples[kind].template, 'AWS::Lambda::Permission'))
      expect(Properties, id).toHaveProperty('SourceArn');
  });
});

test('the authorizer is known by an alias, whose ARN stays while a deployment moves it', () => {
  expect(dev.template.Outputs['AuthorizerArn']).toMatchObject({
    Value: { Ref: 'AuthorizerAlias' },
    Export: { Name: 'latchkey-dev-authorizer-arn' },
  });
  const [[id, version] = ['', undefined], ...others] = ofType(dev.template, 'AWS::Lambda::Version');
  expect(others).toEqual([]);
  expect(dev.template.Resources['AuthorizerAlias']).toEqual({
    Type: 'AWS::Lambda::Alias',
    Properties: {
      Name: 'live',
      FunctionName: { Ref: 'AuthorizerLambdaFunction' },
      FunctionVersion: { 'Fn::GetAtt': [id, 'Version'] },
    },
  });
  // Lambda publishes no code twice in a row, so what a failed deployment published has to go.
  expect(version).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: { FunctionName: { Ref: 'AuthorizerLambdaFunction' } },
  });
});

test('another setting of the authorizer is another version, and reserved concurrency is none', async () => {
  const versionIn = ({ template }: Packaged) =>
    ofType(template, 'AWS::Lambda::Version').map(([id]) => id);
  const [changed, reserved] = await Promise.all([
    packageService('.', '--param', 'verdictCacheMs=100'),
    packageService('.', '--param', 'authorizerConcurrency=100'),
  ]);
  expect(versionIn(changed)).not.toEqual(versionIn(dev));
  expect(versionIn(reserved)).toEqual(versionIn(dev));
  expect(reserved.template.Resources['AuthorizerLambdaFunction']?.Properties).toMatchObject({
    ReservedConcurrentExecutions: 100,
  });
}, 120_000);

test('the authorizer may be invoked by APIs of this account alone, and by its alias', () => {
  const principals = ofType(dev.template, 'AWS::Lambda::Permission')
    .filter(([id]) => id.startsWith('Authorizer'))
    .map(([, { Properties }]) => {
      expect(Properties).toMatchObject({ SourceAccount: { Ref: 'AWS::AccountId' } });
      expect(Properties['FunctionName']).toEqual({ Ref: 'AuthorizerAlias' });
      expect(JSON.stringify(Properties['SourceArn'])).toContain('AWS::AccountId');
      return Properties['Principal'];
    });
  expect(principals).toEqual(
    expect.arrayContaining(['apigateway.amazonaws.com', 'appsync.amazonaws.com']),
  );
});
