/** The compiled CloudFormation: what each function may touch, and how the data is kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Packaged, packageService, type Template } from './package.ts';

type Statement = {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
};
type Role = { Policies: { PolicyDocument: { Statement: Statement[] } }[] };

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map(
  (it) => `dynamodb:${it}`,
);
const ROLES = [
  'LoginRole',
  'SigninRole',
  'TokenRole',
  'InspectRole',
  'UsersRole',
  'LogoutRole',
  'SignoutRole',
  'NotifyRole',
  'DiscoveryRole',
  'OpenapiRole',
  'WebitelRole',
  'AdminRole',
  'PreflightRole',
  'AuthorizerRole',
  'FlushRole',
  'RotateRole',
];
/** `ForAllValues` holds for a request without the key, so each of them says that there is one. */
const OF_A_KEY = { Null: { 'dynamodb:LeadingKeys': false } };
const onlyLike = (...keys: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
  ...OF_A_KEY,
});
/** What lib/store/sessions/known-address.ts asks, as test/sign-in/known-address.test.ts sees it sent. */
const COUNTS_SESSIONS = {
  StringEquals: { 'dynamodb:Select': 'COUNT' },
  'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': ['*#*'] },
  ...OF_A_KEY,
  'ForAllValues:StringEquals': {
    'dynamodb:Attributes': [
      'pk',
      'sk',
      'kind',
      'ip',
      'expiresAt',
      'subjectGeneration',
      'domainGeneration',
    ],
  },
};
const DIRECTORY = { 'Fn::GetAtt': ['DirectoryTable', 'Arn'] };
const SESSIONS = { 'Fn::GetAtt': ['SessionsTable', 'Arn'] };

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
}, 180_000);

const ofType = ({ Resources }: Template, type: string) =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);
const propertiesOf = <T>(id: string) => dev.template.Resources[id]?.Properties as T;
const statementsOf = (role: string) =>
  propertiesOf<Role>(role).Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
const actionsOf = (statements: Statement[]) => statements.flatMap(({ Action }) => Action);
const on = (resource: object, effect: Statement['Effect']) => (statement: Statement) =>
  statement.Effect === effect &&
  JSON.stringify(statement.Resource).includes(JSON.stringify(resource));

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
    // The one action that knows no resource (Service Authorization Reference, DynamoDB).
    expect(actionsOf(everywhere)).toEqual(role === 'FlushRole' ? ['dynamodb:ListStreams'] : []);
    const wild = actionsOf(statementsOf(role)).filter((action) => action.includes('*'));
    expect(wild.filter((action) => !/^kms:(ReEncrypt|GenerateDataKey)\*$/.test(action))).toEqual(
      [],
    );
    expect(propertiesOf<object>(role)).not.toHaveProperty('ManagedPolicyArns');
  });

  test('the authorizer reads, and writes nothing that a verdict reads', () => {
    const statements = statementsOf('AuthorizerRole').filter(
      (statement) => !actionsOf([statement]).every((action) => /^(logs|kms):/.test(action)),
    );
    const reads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem'];
    const writes = statements.filter((statement) =>
      actionsOf([statement]).some((action) => !reads.includes(action)),
    );
    expect(writes).toEqual([
      {
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource: { 'Fn::GetAtt': ['SessionsTable', 'Arn'] },
        Condition: onlyLike('used#*'),
      },
    ]);
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

  test('openapi may write its log and nothing else', () => {
    expect(actionsOf(statementsOf('OpenapiRole'))).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
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
    const kinds = [[{ prefix: 'session#' }], ['subject', 'domain', 'role', 'resources']];
    expect(patterns).toEqual(kinds.map((S) => [{ eventName, dynamodb: { Keys: { sk: { S } } } }]));
  });

  test('inspect reads, and remembers which assertions were used', () => {
    const writes = statementsOf('InspectRole').filter((statement) =>
      actionsOf([statement]).some((action) => WRITES.includes(action)),
    );
    expect(writes).toEqual([
      {
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource: { 'Fn::GetAtt': ['SessionsTable', 'Arn'] },
        Condition: onlyLike('jti#*'),
      },
    ]);
  });

  test('login opens sessions and counts attempts; of the sessions it learns how many, and nothing in them', () => {
    const allowed = statementsOf('LoginRole').filter(on(SESSIONS, 'Allow'));
    expect(allowed.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['dynamodb:PutItem', undefined],
      ['dynamodb:BatchGetItem', onlyLike('attempts#*', 'login#*')],
      ['dynamodb:Query', COUNTS_SESSIONS],
      ['dynamodb:UpdateItem', onlyLike('attempts#*')],
    ]);
    const queries = statementsOf('SigninRole').filter((statement) =>
      actionsOf([statement]).includes('dynamodb:Query'),
    );
    expect(queries.map(({ Condition }) => Condition)).toEqual([COUNTS_SESSIONS]);
    const updating = statementsOf('UsersRole').filter(
      (statement) =>
        on(SESSIONS, 'Allow')(statement) && actionsOf([statement]).includes('dynamodb:UpdateItem'),
    );
    expect(updating.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'subjectGeneration'] } },
      onlyLike('attempts#*'),
    ]);
  });

  test('webitel writes roles and what belongs to a domain, and no subject and no sign-in', () => {
    const keys = statementsOf('WebitelRole')
      .filter((statement) => statement.Effect === 'Allow')
      .filter((statement) => actionsOf([statement]).some((action) => WRITES.includes(action)))
      .map(({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
    expect(keys).toEqual([['roles', 'role#*'], ['domain#*', 'holders#*', 'used#*'], ['audit#*']]);
  });

  test('users updates nothing in the directory but the number of users', () => {
    const updating = statementsOf('UsersRole').filter(
      (statement) =>
        on(DIRECTORY, 'Allow')(statement) && actionsOf([statement]).includes('dynamodb:UpdateItem'),
    );
    expect(updating.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['count#users'] }, ...OF_A_KEY },
    ]);
  });

  test.each(ROLES.filter((role) => role !== 'RotateRole'))('%s cannot publish keys', (role) => {
    const allowed = actionsOf(statementsOf(role).filter(on(DIRECTORY, 'Allow')));
    const denied = statementsOf(role).filter(
      (statement) =>
        on(DIRECTORY, 'Deny')(statement) &&
        statement.Condition?.['ForAnyValue:StringEquals']?.['dynamodb:LeadingKeys']?.toString() ===
          'keys',
    );
    const writes = allowed.filter((action) => WRITES.includes(action));
    expect(writes.filter((action) => !actionsOf(denied).includes(action))).toEqual([]);
  });

  const AUDITING = ['AdminRole', 'UsersRole', 'WebitelRole'];
  test.each(ROLES)('%s changes and removes nothing of the audit, nor adds what is none', (role) => {
    const isRestricted = ({ Condition }: Statement) =>
      JSON.stringify(Condition)?.includes('ForAllValues') ?? false;
    const unrestricted = statementsOf(role)
      .filter(on(SESSIONS, 'Allow'))
      .filter((statement) => !isRestricted(statement));
    const denied = statementsOf(role).filter(
      (statement) =>
        on(SESSIONS, 'Deny')(statement) &&
        statement.Condition?.['ForAnyValue:StringLike']?.['dynamodb:LeadingKeys']?.toString() ===
          'audit#*',
    );
    const writes = actionsOf(unrestricted)
      .filter((action) => WRITES.includes(action))
      .filter((action) => !actionsOf(denied).includes(action));
    const adds = AUDITING.includes(role) ? ['dynamodb:PutItem'] : [];
    expect(adds).toEqual(expect.arrayContaining(writes));
  });

  test('rotate touches nothing in the directory but the published keys', () => {
    for (const statement of statementsOf('RotateRole').filter(on(DIRECTORY, 'Allow')))
      expect(statement.Condition).toEqual({
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['keys'] },
        ...OF_A_KEY,
      });
  });

  test('only what signs reads the signing keys, only rotate writes them', () => {
    const secretActions = (role: string) =>
      actionsOf(statementsOf(role)).filter((action) => action.startsWith('secretsmanager:'));
    const having = ROLES.filter((role) => secretActions(role).length > 0);
    const signing = ['LoginRole', 'TokenRole', 'UsersRole', 'NotifyRole', 'WebitelRole'];
    expect(having).toEqual([...signing, 'RotateRole']);
    for (const role of signing)
      expect(secretActions(role)).toEqual(['secretsmanager:GetSecretValue']);
  });

  test('preflight touches nothing, signout signs nothing, and only who ends sessions queues logouts', () => {
    const ofData = (role: string) =>
      actionsOf(statementsOf(role)).filter((action) => !action.startsWith('logs:'));
    expect(ofData('PreflightRole')).toEqual([]);
    const sending = ROLES.filter((role) => ofData(role).includes('sqs:SendMessage'));
    expect(sending).toEqual(['SigninRole', 'SignoutRole', 'NotifyRole', 'AdminRole']);
    const receiving = ROLES.filter((role) => ofData(role).includes('sqs:ReceiveMessage'));
    expect(receiving).toEqual(['NotifyRole']);
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

test('CORS is left to the functions: API Gateway would answer for the pages too', () => {
  expect(propertiesOf('HttpApi')).not.toHaveProperty('CorsConfiguration');
  const preflights = ofType(dev.template, 'AWS::ApiGatewayV2::Route')
    .map(([, { Properties }]) => String(Properties['RouteKey']))
    .filter((key) => key.startsWith('OPTIONS'));
  expect(preflights).toEqual(['OPTIONS /{proxy+}']);
});

describe('data', () => {
  test.each(['DirectoryTable', 'SessionsTable'])('%s is protected and outlives the stack', (id) => {
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
  });

  test('sessions expire by TTL, the directory does not', () => {
    const ttl = { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };
    expect(propertiesOf('SessionsTable')).toMatchObject(ttl);
    expect(propertiesOf('DirectoryTable')).not.toHaveProperty('TimeToLiveSpecification');
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

test('every route of the admin API asks our own authorizer, at every call and without a cache', () => {
  const routes = ofType(dev.template, 'AWS::ApiGatewayV2::Route').map(
    ([, { Properties }]) => Properties,
  );
  const admin = routes.filter(({ RouteKey }) => String(RouteKey).includes('/admin/'));
  expect(admin.map(({ RouteKey }) => String(RouteKey).split(' ')[0]).sort()).toEqual([
    'DELETE',
    'GET',
    'PATCH',
    'POST',
    'PUT',
  ]);
  for (const route of admin)
    expect(route).toMatchObject({
      AuthorizationType: 'CUSTOM',
      AuthorizerId: { Ref: 'HttpApiAuthorizerLatchkey' },
    });
  const authorizer = propertiesOf<Record<string, unknown>>('HttpApiAuthorizerLatchkey');
  expect(authorizer).toMatchObject({
    AuthorizerType: 'REQUEST',
    AuthorizerPayloadFormatVersion: '2.0',
    EnableSimpleResponses: true,
    AuthorizerResultTtlInSeconds: 0,
  });
  expect(authorizer).not.toHaveProperty('IdentitySource');
  expect(JSON.stringify(authorizer['AuthorizerUri'])).toContain('{"Ref":"AuthorizerAlias"}');
});

test('the token endpoint answers POST, and GET by a 405', () => {
  const keys = ofType(dev.template, 'AWS::ApiGatewayV2::Route').map(
    ([, { Properties }]) => Properties['RouteKey'],
  );
  expect(keys.filter((key) => / (?!\/api\/).*token$/.test(String(key))).sort()).toEqual([
    'GET /login/connect/token',
    'GET /oauth/token',
    'POST /login/connect/token',
    'POST /oauth/token',
  ]);
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
    const exported = Object.values(template.Outputs).map(({ Export }) => Export.Name);
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
    const principal = /^(lambda|apigateway|appsync|secretsmanager|s3)\.amazonaws\.com$/;
    const viaService = /^(dynamodb|secretsmanager)\.\$\{AWS::Region\}\.amazonaws\.com$/;
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

test.each([
  ['issuer=https://auth.example.com/', /ISSUER must have .*trailing slash \(login, /],
  [
    'accessTokenLifetime=3000000',
    /ACCESS_TOKEN_LIFETIME must not exceed MAX_TOKEN_LIFETIME \(token\)/,
  ],
  ['revealUnknownUser=maybe', /REVEAL_UNKNOWN_USER must be true or false \(login\)/],
])(
  'nothing is packaged with a setting that no function would start with: %s',
  async (setting, said) => {
    await expect(packageService('.', '--param', setting)).rejects.toMatchObject({
      stdout: expect.stringMatching(said),
    });
  },
  120_000,
);

test('SECURITY.md says of each function what it is trusted with', () => {
  const page = readFileSync(join(import.meta.dirname, '../../SECURITY.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  const functions = Object.keys(prod.zips).map((zip) => zip.replace('.zip', ''));
  expect(rows.sort()).toEqual(functions.sort());
});

test('every alarm tells somebody, is quiet when nothing happens, and has its line in docs/operate.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');
  const alarms = ofType(prod.template, 'AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeGreaterThan(0);
  for (const [id, { Properties }] of alarms) {
    expect(Properties, id).toMatchObject({ AlarmActions: [], TreatMissingData: 'notBreaching' });
    expect(page).toContain(`| \`${id}\``);
  }
  const documented = [...page.matchAll(/^\| `(\w+Alarm)`/gm)].map(([, id]) => id);
  expect(new Set(documented)).toEqual(new Set(alarms.map(([id]) => id)));
});

test('each zip holds one bundle, its own', () => {
  const names = [
    'admin',
    'authorizer',
    'discovery',
    'flush',
    'inspect',
    'login',
    'logout',
    'notify',
    'openapi',
    'preflight',
    'rotate',
    'signin',
    'signout',
    'token',
    'users',
    'webitel',
  ];
  const expected = Object.fromEntries(
    names.map((name) => [`${name}.zip`, [`functions/${name}.js`]]),
  );
  expect(prod.zips).toEqual(expected);
});

describe.each(KINDS)('the %s example', (kind) => {
  const code = { http: 'handler', rest: 'handler', websocket: 'socket', appsync: 'graph' }[kind];

  test('knows nothing of Latchkey but the ARN of its authorizer', () => {
    const text = JSON.stringify(examples[kind].template);
    const imports = [...text.matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(imports)).toEqual(new Set([dev.template.Outputs['AuthorizerArn']?.Export.Name]));
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
