/** What SECURITY.md says that a function cannot do, asked of the compiled template's roles. */
import { describe, expect, inject, test } from 'vitest';
import type { Context } from './decision.ts';
import { isAllowed } from './policy.ts';
import { readBySes, readRoles, resolveTemplate } from './roles.ts';

const stack = resolveTemplate(inject('template'));
const roles = readRoles(stack);
const NAMES = Object.keys(roles);

const TABLES = {
  directory: stack.attribute('DirectoryTable', 'Arn'),
  sessions: stack.attribute('SessionsTable', 'Arn'),
  events: stack.attribute('EventsTable', 'Arn'),
};
type TableName = keyof typeof TABLES;
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];
const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const SUBJECT = '0123456789abcdef01234567';
/** What is in force, and which of it (lib/store/named). */
const NAMED = ['manifest#0#0', 'content#name#0'];
const SIGNING = ['login', 'token', 'users', 'notify', 'webitel'];

/** One item, by its partition; without one, a request that names none. */
const may = (
  name: string,
  action: string,
  table: TableName,
  key?: string,
  attributes: readonly string[] = ['pk', 'sk'],
  more: Context = {},
) => {
  const context: Context = { 'dynamodb:Attributes': attributes, ...more };
  const keyed = key === undefined ? context : { 'dynamodb:LeadingKeys': [key], ...context };
  const asked = { action: `dynamodb:${action}`, resource: TABLES[table], context: keyed };
  return isAllowed(roles[name] ?? [], asked);
};
const writes = (name: string, table: TableName, key: string, attributes?: readonly string[]) =>
  WRITES.filter((action) => may(name, action, table, key, attributes));
const mayWith = (action: string, resource: string) =>
  NAMES.filter((name) => {
    const rotator = String(stack.properties('SigningKeysRotation')['RotationLambdaARN']);
    const context = { 'secretsmanager:resource/AllowRotationLambdaArn': [rotator] };
    return isAllowed(roles[name] ?? [], { action, resource, context });
  });

test.each(NAMES.filter((name) => name !== 'rotate'))('%s publishes no keys', (name) => {
  expect(writes(name, 'directory', 'keys')).toEqual([]);
});

test('rotate publishes keys and writes nothing else in the tables', () => {
  expect(writes('rotate', 'directory', 'keys')).toEqual(['PutItem']);
  for (const key of [SUBJECT, 'settings', 'roles', 'domain#mydomain.com'])
    expect([writes('rotate', 'directory', key), writes('rotate', 'sessions', key)]).toEqual([
      [],
      [],
    ]);
});

/** Only the reader of their stream numbers events. */
const TELLING = [
  ...['login', 'signin', 'token', 'users', 'logout', 'signout', 'webitel', 'admin', 'rotate'],
  ...['recovery', 'account'],
];
test.each(NAMES.filter((name) => name !== 'trail'))(
  '%s changes and removes no event, and adds none unless it has something to tell',
  (name) => {
    const adds = TELLING.includes(name) ? ['PutItem'] : [];
    expect(writes(name, 'events', 'events#mydomain.com')).toEqual(adds);
    for (const key of ['seq#user/1', SUBJECT]) expect(writes(name, 'events', key)).toEqual([]);
    // What is still in the audit of before.
    const old = name === 'admin' ? ['PutItem'] : [];
    expect(writes(name, 'sessions', 'audit#mydomain.com')).toEqual(old);
  },
);

test.each(NAMES)('%s does nothing with a whole table', (name) => {
  const actions = [
    'Scan',
    'DescribeTable',
    'DeleteTable',
    'UpdateTable',
    'PartiQLSelect',
    'ExportTableToPointInTime',
  ];
  for (const table of ['directory', 'sessions', 'events'] as const)
    expect(actions.filter((action) => may(name, action, table))).toEqual([]);
});

test.each(NAMES)('%s writes no session without saying whose', (name) => {
  // The admin API writes every kind of item.
  const expected = name === 'admin' ? ['PutItem', 'UpdateItem', 'DeleteItem'] : [];
  expect(WRITES.filter((action) => may(name, action, 'sessions'))).toEqual(expected);
});

describe('login', () => {
  test('reads no session: it learns how many there are, by what tells where they come from', () => {
    expect(READS.filter((action) => may('login', action, 'sessions', SUBJECT))).toEqual([]);
    const counts = (attributes: string[], select = 'COUNT', key = SUBJECT) =>
      may('login', 'Query', 'sessions', key, attributes, { 'dynamodb:Select': [select] });
    expect(counts(['pk', 'sk', 'ip', 'expiresAt'])).toBe(true);
    expect(counts(['pk', 'sk', 'ip', 'scope'])).toBe(false);
    expect(counts(['pk', 'sk', 'ip'], 'ALL_ATTRIBUTES')).toBe(false);
    expect(counts(['pk', 'sk', 'ip'], 'COUNT', 'audit#mydomain.com')).toBe(false);
  });

  test('opens sessions of subjects, and nothing else that is in that table', () => {
    expect(writes('login', 'sessions', SUBJECT)).toEqual(['PutItem']);
    for (const key of ['code#1', 'domain#mydomain.com', 'used#1', 'holders#root', 'jti#1'])
      expect(writes('login', 'sessions', key), key).toEqual([]);
  });
});

test.each(['login', 'signin'])(
  '%s changes nothing of a user but the hash of the password',
  (name) => {
    const attributes = ['pk', 'sk', 'passwordHash', 'version'];
    expect(writes(name, 'directory', SUBJECT, attributes)).toEqual(['UpdateItem']);
    for (const other of ['roles', 'disabled', 'generation', 'domain'])
      expect(writes(name, 'directory', SUBJECT, [...attributes, other]), other).toEqual([]);
  },
);

test.each([
  ['inspect', 'jti#1', 'PutItem'],
  ['authorizer', 'used#1', 'UpdateItem'],
])('%s writes %s, and nothing that a verdict reads', (name, own, action) => {
  expect(writes(name, 'sessions', own)).toEqual([action]);
  const read = ['domain#mydomain.com', 'role#user', 'resources', ...NAMED];
  for (const key of [SUBJECT, ...read, 'code#1'])
    expect([writes(name, 'sessions', key), writes(name, 'directory', key)]).toEqual([[], []]);
});

test('users changes who holds a role, never what it permits, and of the rest only their number', () => {
  for (const key of ['roles', 'role#admin', 'resources', 'domain#mydomain.com', ...NAMED])
    expect(writes('users', 'directory', key), key).toEqual([]);
  expect(may('users', 'UpdateItem', 'directory', SUBJECT)).toBe(false);
  expect(may('users', 'UpdateItem', 'directory', 'count#users')).toBe(true);
});

test.each(NAMES.filter((name) => !['admin', 'webitel'].includes(name)))(
  '%s changes nothing of what is named, and names nothing',
  (name) => {
    for (const key of NAMED)
      expect(writes(name, 'directory', key, ['pk', 'sk', 'contentUntil', 'body']), key).toEqual([]);
  },
);

test('webitel writes roles and what belongs to a domain, and no subject and no sign-in', () => {
  expect(writes('webitel', 'directory', 'role#user')).toEqual(['PutItem', 'DeleteItem']);
  expect(writes('webitel', 'directory', 'manifest#0#0')).toEqual(['PutItem']);
  const retired = ['pk', 'sk', 'contentUntil'];
  const content = writes('webitel', 'directory', 'content#name#0', retired);
  expect(content).toEqual(['PutItem', 'UpdateItem']);
  expect(writes('webitel', 'directory', 'content#name#0', [...retired, 'body'])).toEqual([
    'PutItem',
  ]);
  expect(writes('webitel', 'sessions', 'domain#mydomain.com')).not.toEqual([]);
  for (const key of [SUBJECT, 'web-app', 'login#anna', 'settings', 'domain#mydomain.com'])
    expect(writes('webitel', 'directory', key), key).toEqual([]);
  for (const key of [SUBJECT, 'code#1', 'attempts#1'])
    expect(writes('webitel', 'sessions', key), key).toEqual([]);
});

test.each(['token', 'inspect', 'logout', 'signout', 'notify', 'authorizer', 'discovery'])(
  '%s writes nothing in the directory',
  (name) => {
    for (const key of [
      SUBJECT,
      'login#anna',
      'role#user',
      'roles',
      'resources',
      'settings',
      'roots',
      ...NAMED,
    ])
      expect(writes(name, 'directory', key), key).toEqual([]);
  },
);

test.each(['openapi', 'front', 'console', 'preflight', 'flush', 'discovery', 'rotate'])(
  '%s reads no item but keys',
  (name) => {
    for (const table of ['directory', 'sessions'] as const)
      expect(READS.filter((action) => may(name, action, table, SUBJECT))).toEqual([]);
  },
);

describe('the signing keys', () => {
  const secret = stack.ref('SigningKeys');
  test('are read by what signs', () =>
    expect(mayWith('secretsmanager:GetSecretValue', secret)).toEqual(
      NAMES.filter((name) => [...SIGNING, 'rotate'].includes(name)),
    ));
  test.each(['PutSecretValue', 'UpdateSecretVersionStage', 'DescribeSecret'])(
    '%s is rotate’s',
    (action) => expect(mayWith(`secretsmanager:${action}`, secret)).toEqual(['rotate']),
  );
  test('are rotated when admin asks for it, by the function that does so already', () => {
    expect(mayWith('secretsmanager:RotateSecret', secret)).toEqual(['admin']);
    const context = { 'secretsmanager:RotationLambdaARN': [`${secret}-other`] };
    const asked = { action: 'secretsmanager:RotateSecret', resource: secret, context };
    expect(isAllowed(roles['admin'] ?? [], asked)).toBe(false);
  });
  test.each(['DeleteSecret', 'UpdateSecret', 'PutResourcePolicy', 'CancelRotateSecret'])(
    '%s is nobody’s',
    (action) => expect(mayWith(`secretsmanager:${action}`, secret)).toEqual([]),
  );
  test('are no business of rotate’s while another function rotates them', () => {
    const context = { 'secretsmanager:resource/AllowRotationLambdaArn': [`${secret}-other`] };
    const asked = { action: 'secretsmanager:PutSecretValue', resource: secret, context };
    expect(isAllowed(roles['rotate'] ?? [], asked)).toBe(false);
  });
});

test('only the reader of events, and who spreads them, put a word into the queue of logouts; only notify takes one out', () => {
  const queue = stack.attribute('LogoutQueue', 'Arn');
  expect(mayWith('sqs:SendMessage', queue)).toEqual(['notify', 'trail']);
  expect(mayWith('sqs:ReceiveMessage', queue)).toEqual(['notify']);
  expect(mayWith('sqs:PurgeQueue', queue)).toEqual([]);
});

describe('mail, where the stage sends by SES', () => {
  const role = readBySes(inject('template'));
  const ses = (resource: string) => `arn:aws:ses:us-east-1:000000000000:${resource}`;
  const sends = (resource: string, from = 'no-reply@example.com', action = 'ses:SendEmail') =>
    isAllowed(role, { action, resource: ses(resource), context: { 'ses:FromAddress': [from] } });
  const OWN = [
    'identity/no-reply@example.com',
    'identity/example.com',
    'configuration-set/latchkey',
  ];

  test.each(OWN)('sends by %s, from its own address alone', (own) => {
    expect([sends(own), sends(own, undefined, 'ses:SendRawEmail')]).toEqual([true, true]);
    for (const from of ['ceo@example.com', 'no-reply@example.com.evil.example', ''])
      expect(sends(own, from), from).toBe(false);
    expect(isAllowed(role, { action: 'ses:SendEmail', resource: ses(own), context: {} })).toBe(
      false,
    );
  });

  test.each([
    'identity/other.example',
    'identity/ceo@example.com',
    'identity/mail.example.com',
    'identity/com',
    'configuration-set/other',
    'configuration-set/latchkey-2',
    'template/any',
  ])('never by %s', (other) => expect(sends(other)).toBe(false));

  test.each([
    'SendBulkEmail',
    'CreateEmailIdentity',
    'PutAccountDetails',
    'GetAccount',
    'SendTemplatedEmail',
  ])('does nothing else there: %s', (action) => {
    for (const own of OWN) expect(sends(own, undefined, `ses:${action}`)).toBe(false);
  });

  test('and no other function does any of it', () =>
    expect(
      NAMES.filter((name) =>
        (roles[name] ?? []).some(({ Action }) => Action.some((it) => /^(ses:|\*)/.test(it))),
      ),
    ).toEqual([]));
});
