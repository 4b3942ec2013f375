/** Orders for mails, carried out: the real handler and store, and a relay of somebody else's making. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { simpleParser } from 'mailparser';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  test,
  vi,
} from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { type SecretsManager, startSecretsManager } from '../../dev/secrets-manager.ts';
import { startSqs } from '../../dev/sqs.ts';
import { resolveStack } from '../../dev/template.ts';
import { readLink } from '../../lib/account/links.ts';
import type { Table } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { createDomain, readDomain, saveDomain } from '../../lib/store/directory/domains.ts';
import { normaliseLoginName } from '../../lib/store/directory/login-name.ts';
import { readUser, saveUser } from '../../lib/store/directory/users.ts';
import { eventWrite, type NewEvent } from '../../lib/store/events/event.ts';
import { readUndeliverable } from '../../lib/store/sessions/mail.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import { userItem } from '../support/actors/people.ts';
import { secretsClient } from '../support/run/beginning.ts';
import { type Relay, Reply, startRelay } from '../support/running/relay.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = 1_800_000_000;
const ISSUER = 'https://auth.example.com';
const HOME = 'mydomain.com';
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/mail';
const TEMPLATE = {
  Resources: { Mail: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mail' } } },
};

type Failures = { batchItemFailures: { itemIdentifier: string }[] };
let tables: Tables & { events: Table };
let relay: Relay;
let sqs: Awaited<ReturnType<typeof startSqs>>;
let secrets: SecretsManager;
let handler: (event: object) => Promise<Failures | undefined>;

beforeAll(async () => {
  sqs = await startSqs(resolveStack(TEMPLATE, { name: 'test' }), { invoke: async () => undefined });
});
beforeAll(async () => {
  secrets = await startSecretsManager({ invoke: async () => undefined });
  const SecretString = JSON.stringify({ username: 'latchkey', password: 'of the relay' });
  const client = secretsClient(secrets.endpoint);
  await client.send(new CreateSecretCommand({ Name: 'smtp-relay', SecretString }));
  client.destroy();
});
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 });
  tables = await freshTables();
  relay = await startRelay({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'of the relay' ? done(null, { user: username }) : done(null, {}),
  });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodb'),
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    ISSUER,
    DIRECTORY_TABLE: tables.directory.name,
    SESSIONS_TABLE: tables.sessions.name,
    EVENTS_TABLE: tables.events.name,
    MAIL_QUEUE: QUEUE,
    MAIL_TRANSPORT: 'smtp',
    MAIL_FROM: 'no-reply@example.com',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(relay.port),
    SMTP_TLS: 'none',
    SMTP_SECRET: 'smtp-relay',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
  });
  vi.resetModules();
  ({ handler } = (await import('../../functions/mail.ts')) as unknown as {
    handler: typeof handler;
  });
  const open = { signUp: 'open', emailCodes: true } as const;
  await createDomain(tables.directory, { name: HOME, disabled: false, generation: 7, ...open });
  await addUser('joe', { email: 'joe@example.org' });
});
afterEach(() => relay.stop());
afterAll(async () => {
  vi.useRealTimers();
  await Promise.all([sqs.stop(), secrets.stop()]);
});

async function addUser(name: string, more: Partial<Parameters<typeof userItem>[0]> = {}) {
  const names = [name, ...(more.email ? [more.email] : [])];
  const after = userItem({ id: `id-of-${name}`, names, domain: HOME, ...more });
  expect(await saveUser(tables.directory, { after })).toEqual({ status: 'ok' });
}
const change = async (id: string, what: object) => {
  const before = await readUser(tables.directory, id);
  if (!before) throw new Error('nobody');
  await saveUser(tables.directory, { before, after: { ...before, ...what } });
};

async function scan({ client, name }: Tables['sessions']): Promise<string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return Items.map(({ pk }) => pk?.S ?? '');
}

let count = 0;
type Record = { messageId: string; body: string; [name: string]: unknown };
const recordOf = (order: object, { id = `message-${++count}`, sentAt = NOW } = {}): Record => ({
  messageId: id,
  body: JSON.stringify(order),
  receiptHandle: 'unknown',
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(sentAt * 1000) },
  eventSource: 'aws:sqs',
});
const deliver = async (...records: Record[]) => {
  const answer = await handler({ Records: records });
  return answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
const order = async (what: object, options?: Parameters<typeof recordOf>[1]) =>
  deliver(recordOf(what, options));
const asked = (more: object = {}) => ({
  kind: 'asked',
  purpose: 'reset-password',
  login: 'joe',
  locale: 'en',
  ...more,
});
const mails = () => Promise.all(relay.taken.map(({ raw }) => simpleParser(raw)));
const secretOf = (text = '') => /[?&]secret=(\w+)/.exec(text)?.[1] ?? '';

describe('somebody unproven asks, and it goes to the address on file', () => {
  test.each(['joe', 'JOE', 'joe@example.org', 'ＪＯＥ'])('for %s', async (login) => {
    expect(await order(asked({ login }))).toEqual([]);
    expect(relay.taken).toMatchObject([{ from: 'no-reply@example.com', to: ['joe@example.org'] }]);
  });

  test('with a link that is good for what was asked, and nothing else', async () => {
    await order(asked());
    const [mail] = await mails();
    const secret = secretOf(mail?.text);
    const now = instant(NOW);
    expect(await readLink(tables, 'reset-password', secret, now)).toMatchObject({
      status: 'good',
      user: { id: 'id-of-joe' },
    });
    expect(await readLink(tables, 'invitation', secret, now)).toEqual({ status: 'over' });
  });

  test.each(['eva@háčky.example', 'eva@xn--hky-ela4t.example'])(
    'a link is sent to whoever is stored with their domain in ASCII, and asks as %s',
    async (login) => {
      const names = ['eva@xn--hky-ela4t.example'];
      await addUser('eva', { email: 'eva@xn--hky-ela4t.example', names });
      await order(asked({ login }));
      expect(relay.taken).toMatchObject([{ to: ['eva@háčky.example'] }]);
    },
  );

  test('in the language of their profile, else of the page', async () => {
    await order(asked({ locale: 'cs' }));
    await addUser('jan', { email: 'jan@example.org', profile: { locale: 'en-GB' } });
    await order(asked({ login: 'jan', locale: 'cs' }));
    const languages = (await mails()).map(({ headers }) => headers.get('content-language'));
    expect(languages).toEqual(['cs', 'en']);
  });

  test('a code is sent, for the form that asked', async () => {
    await order(asked({ purpose: 'email-code', browser: 'the secret of a form' }));
    const [mail] = await mails();
    expect(mail?.text).toMatch(/^ {4}\d{3} \d{3}$/m);
    expect(mail?.text).not.toContain('http');
  });

  test('a code for no form is not made', async () => {
    await order(asked({ purpose: 'email-code' }));
    expect(relay.taken).toEqual([]);
  });
});

describe('nobody gets a mail', () => {
  test.each<[string, () => Promise<unknown>, object]>([
    ['where nobody has the name', async () => {}, { login: 'nobody' }],
    ['where it is no name', async () => {}, { login: 'a\u202eb' }],
    ['whose account is disabled', () => change('id-of-joe', { disabled: true }), {}],
    ['who has no address', () => addUser('jim'), { login: 'jim' }],
    [
      'who has one that is none',
      () => addUser('jim', { email: 'jim@localhost' }),
      { login: 'jim' },
    ],
    [
      'of a domain that is gone',
      () => addUser('jim', { email: 'j@x.org', domain: 'gone' }),
      { login: 'jim' },
    ],
    ['to sign up in no domain', async () => {}, { purpose: 'sign-up', login: 'new@example.org' }],
    [
      'to sign up in one that is not there',
      async () => {},
      { purpose: 'sign-up', login: 'new@example.org', domain: 'x' },
    ],
    ['to sign up with a name', async () => {}, { purpose: 'sign-up', login: 'new', domain: HOME }],
  ])('%s', async (_case, prepare, more) => {
    await prepare();
    expect(await order(asked(more))).toEqual([]);
    expect(relay.connections.count).toBe(0);
  });

  test('of a domain that is switched off', async () => {
    const before = await readDomain(tables.directory, HOME);
    if (before) await saveDomain(tables.directory, before, { ...before, disabled: true });
    await order(asked());
    expect(relay.taken).toEqual([]);
  });

  test('who asked half an hour ago', async () => {
    await order(asked(), { sentAt: NOW - 1801 });
    expect(relay.taken).toEqual([]);
  });
});

describe('whoever signs up', () => {
  const signUp = (login: string) => asked({ purpose: 'sign-up', login, domain: HOME });

  test('gets a link to do so, at the address that was typed', async () => {
    await order(signUp('New@Example.ORG'));
    const [mail] = await mails();
    expect(relay.taken).toMatchObject([{ to: ['New@example.org'] }]);
    const read = await readLink(tables, 'sign-up', secretOf(mail?.text), instant(NOW));
    expect(read).toMatchObject({ status: 'good', link: { address: 'New@example.org' } });
  });

  test.each([['joe@example.org'], ['ann@xn--hky-ela4t.example']])(
    'with an address that has an account hears that, and gets no link with a secret: %s',
    async (address) => {
      await addUser('ann', {
        email: 'ann@háčky.example',
        names: [normaliseLoginName('ann@háčky.example') ?? ''],
      });
      await order(signUp(address));
      const [mail] = await mails();
      expect(mail?.text).toContain('already');
      expect(secretOf(mail?.text)).toBe('');
    },
  );

  test('with an address that somebody of before has in ASCII hears that, too', async () => {
    const names = ['eva@xn--hky-ela4t.example'];
    await addUser('eva', { email: 'eva@xn--hky-ela4t.example', names });
    await order(signUp('eva@háčky.example'));
    const [mail] = await mails();
    expect(mail?.text).toContain('already');
    expect(secretOf(mail?.text)).toBe('');
  });
});

describe('somebody proven orders', () => {
  const link = (more: object = {}) => ({
    kind: 'link',
    purpose: 'invitation',
    subject: 'id-of-joe',
    ...more,
  });

  test('an invitation, to the address of the user', async () => {
    await order(link());
    expect(relay.taken).toMatchObject([{ to: ['joe@example.org'] }]);
  });

  test.each<[string, object, string | null]>([
    ['of whoever says none, of nobody', {}, null],
    ['of the profile', { profile: { locale: 'cs' } }, 'cs'],
  ])('its page is in the language %s', async (_case, more, locale) => {
    await change('id-of-joe', more);
    await order(link());
    const [mail] = await mails();
    const [url = ''] = /https:\S+/.exec(mail?.text ?? '') ?? [];
    expect(new URL(url).searchParams.get('ui_locales')).toBe(locale);
  });

  test('a change of address, to the new one', async () => {
    await order(link({ purpose: 'change-email', address: 'joe@new.example' }));
    const [mail] = await mails();
    expect(relay.taken).toMatchObject([{ to: ['joe@new.example'] }]);
    const read = await readLink(tables, 'change-email', secretOf(mail?.text), instant(NOW));
    expect(read).toMatchObject({ status: 'good', link: { replaces: 'joe@example.org' } });
  });

  test.each(['change-email', 'verify-email', 'reset-password', 'invitation'])(
    'a link (%s), and none is made once whatever ended their sessions came between',
    async (purpose) => {
      const about = { purpose, generation: 1, address: 'joe@new.example' };
      await change('id-of-joe', { generation: 2 });
      expect(await order(link(about))).toEqual([]);
      expect(relay.taken).toEqual([]);
      expect(await scan(tables.sessions)).not.toContainEqual(expect.stringMatching(/^link#/));
      await order(link({ ...about, generation: 2 }));
      expect(relay.taken).toHaveLength(1);
    },
  );

  test.each([
    ['for nobody', { subject: 'nobody' }],
    [
      'to what is no address',
      { purpose: 'change-email', address: 'joe@new.example\r\nBcc: a@b.example' },
    ],
  ])('%s, and nothing is sent', async (_case, more) => {
    expect(await order(link(more))).toEqual([]);
    expect(relay.taken).toEqual([]);
  });
});

describe('a notice', () => {
  const user = { id: 'id-of-joe', username: 'joe', email: 'joe@example.org' };
  const happened = async (event: Partial<NewEvent> & Pick<NewEvent, 'type'>) => {
    const write = eventWrite(
      tables.events,
      {
        domain: HOME,
        subject: 'user/id-of-joe',
        target: 'id-of-joe',
        actor: { kind: 'user', subject: 'id-of-joe', ip: '192.0.2.1' },
        ...event,
      },
      { now: epochMilliseconds(NOW * 1000), retention: 1 },
    );
    await transact([write]);
    const { sk } = (write as unknown as { put: { sk: string } }).put;
    return { kind: 'notice', domain: HOME, id: sk };
  };

  test.each<[string, Partial<NewEvent> & Pick<NewEvent, 'type'>, string]>([
    [
      'of another password',
      { type: 'user.password-changed', before: user, after: user },
      'joe@example.org',
    ],
    [
      'of another address goes to the old one',
      { type: 'user.changed', before: { ...user, email: 'old@example.org' }, after: user },
      'old@example.org',
    ],
    [
      'of an account that is off',
      { type: 'user.disabled', before: user, after: user },
      'joe@example.org',
    ],
    [
      'of one that is gone goes where it was',
      { type: 'user.deleted', before: { ...user, id: 'gone', email: 'gone@example.org' } },
      'gone@example.org',
    ],
    [
      'of a key',
      { type: 'key.created', target: 'key', after: { owner: 'id-of-joe', name: 'Billing' } },
      'joe@example.org',
    ],
    ['of a new device', { type: 'session.opened', detail: { newDevice: true } }, 'joe@example.org'],
  ])('%s', async (_case, event, to) => {
    expect(await order(await happened(event))).toEqual([]);
    expect(relay.taken).toMatchObject([{ to: [to] }]);
  });

  test('says when and from where, where it was the user', async () => {
    await order(await happened({ type: 'user.password-changed', before: user, after: user }));
    const actor = { kind: 'user', subject: 'an administrator', ip: '198.51.100.7' } as const;
    await order(await happened({ type: 'user.disabled', before: user, after: user, actor }));
    const key = { type: 'key.created', target: 'key', after: { name: 'Billing' } } as const;
    await order(await happened(key));
    const [own, others, ofKey] = await mails();
    expect(own?.text).toMatch(/January 15, 2027 at 8:00.AM UTC from 192\.0\.2\.1/);
    expect(ofKey?.text).toMatch(/key “Billing” was created .* from 192\.0\.2\.1\./);
    expect(others?.text).not.toContain('198.51.100.7');
  });

  test('comes once, however often the event is told of', async () => {
    const notice = await happened({ type: 'user.password-changed', before: user, after: user });
    await order(notice);
    await order(notice);
    expect(relay.taken).toHaveLength(1);
  });

  test.each<[string, Partial<NewEvent> & Pick<NewEvent, 'type'>]>([
    [
      'a change of something else',
      { type: 'user.changed', before: user, after: { ...user, roles: [] } },
    ],
    ['a sign-in as ever', { type: 'session.opened', detail: {} }],
    [
      'a user of whom no address is known',
      { type: 'user.disabled', before: user, after: { username: 'joe' } },
    ],
  ])('is none of %s', async (_case, event) => {
    await order(await happened(event));
    expect(relay.taken).toEqual([]);
  });

  test('is none of an event that is not there', async () => {
    expect(await order({ kind: 'notice', domain: HOME, id: 'unknown' })).toEqual([]);
    expect(relay.taken).toEqual([]);
  });
});

describe('an address gets no more than so many an hour', () => {
  const flood = async (times: number, more: object = {}) => {
    for (let sent = 0; sent < times; sent++) await order(asked(more));
  };

  test('five of a purpose, and then not one; the next hour again', async () => {
    await flood(8);
    expect(relay.taken).toHaveLength(5);
    vi.setSystemTime((NOW + 3600) * 1000);
    await order(asked(), { sentAt: NOW + 3600 });
    expect(relay.taken).toHaveLength(6);
  });

  test('of two hundred no more links are made than are sent', async () => {
    await flood(5);
    const kept = async () => (await scan(tables.sessions)).filter((pk) => pk.startsWith('link#'));
    expect(await kept()).toHaveLength(5);
    for (let sent = 0; sent < 20; sent++)
      await deliver(...Array.from({ length: 10 }, () => recordOf(asked())));
    expect(await kept()).toHaveLength(5);
    expect(relay.taken).toHaveLength(5);
  }, 60_000);

  test('twelve of all that others asked for', async () => {
    await flood(6);
    await flood(6, { purpose: 'unlock' });
    await flood(6, { purpose: 'email-code', browser: 'x' });
    expect(relay.taken).toHaveLength(12);
  });

  test('also of many at once, whatever the case of its letters', async () => {
    const signUp = (login: string) => recordOf(asked({ purpose: 'sign-up', login, domain: HOME }));
    const logins = ['new@example.org', 'NEW@example.org', 'New@example.org', 'nEw@EXAMPLE.org'];
    const records = Array.from({ length: 20 }, (_, index) => signUp(logins[index % 4] ?? ''));
    await deliver(...records);
    expect(relay.taken).toHaveLength(5);
  });

  test('also by what follows a plus, and every other mailbox has a count of its own (RFC 5233)', async () => {
    const signUp = (login: string) => order(asked({ purpose: 'sign-up', login, domain: HOME }));
    for (let tag = 0; tag < 8; tag++) await signUp(`new+${tag}+x@example.org`);
    await signUp('new@example.org');
    expect(relay.taken).toHaveLength(5);
    for (const other of [
      '+new@example.org',
      'new-1@example.org',
      'new@b.example',
      'new@b+c.example',
    ])
      await signUp(other);
    expect(relay.taken.slice(5).map(({ to }) => to)).toEqual([
      ['+new@example.org'],
      ['new-1@example.org'],
      ['new@b.example'],
    ]);
  });

  test('which leaves its notices alone', async () => {
    await flood(5);
    await order({ kind: 'link', purpose: 'invitation', subject: 'id-of-joe' });
    expect(relay.taken).toHaveLength(6);
  });
});

describe('a message that comes twice', () => {
  test('is one mail, one after the other', async () => {
    const record = recordOf(asked());
    expect(await deliver(record)).toEqual([]);
    expect(await deliver(record)).toEqual([]);
    expect(relay.taken).toHaveLength(1);
  });

  test('is one mail, at once: the other one has to come again', async () => {
    const record = recordOf(asked());
    const answers = await Promise.all([deliver(record), deliver(record)]);
    expect(relay.taken).toHaveLength(1);
    expect(await deliver(record)).toEqual([]);
    expect(relay.taken).toHaveLength(1);
    expect(answers.flat().length).toBeLessThanOrEqual(1);
  });
});

describe('a relay that does not take it', () => {
  test('for now: it comes again, counts once, and is the same message', async () => {
    relay.refuse({ at: 'RCPT', reply: new Reply(450, '4.2.1 greylisted') });
    const record = recordOf(asked());
    expect(await deliver(record)).toEqual([record.messageId]);
    expect(await deliver(record)).toEqual([]);
    const [mail] = await mails();
    expect(mail?.messageId).toBe(`<${record.messageId}@example.com>`);
    for (let sent = 0; sent < 5; sent++) await order(asked());
    expect(relay.taken).toHaveLength(5);
  });

  test('for good: nothing comes again, and an address that is nobody gets no more', async () => {
    relay.refuse({ at: 'RCPT', reply: new Reply(550, '5.1.1 no such user') });
    expect(await order(asked())).toEqual([]);
    expect(await order(asked())).toEqual([]);
    expect(relay.connections.count).toBe(1);
    expect(await readUndeliverable(tables.sessions, 'joe@example.org')).toEqual({
      why: 'bounced',
      at: NOW,
    });
  });

  test('because the mailbox is full: the next order is tried', async () => {
    relay.refuse({ at: 'RCPT', reply: new Reply(552, '5.2.2 mailbox full') });
    expect(await order(asked())).toEqual([]);
    expect(await order(asked())).toEqual([]);
    expect(relay.taken).toHaveLength(1);
  });

  test('one order that fails holds up no other', async () => {
    relay.refuse({ at: 'MAIL', reply: new Reply(421, '4.3.2 later') });
    const records = [recordOf(asked()), recordOf({ nonsense: true }), recordOf(asked())];
    const failed = await deliver(...records);
    expect(failed).toHaveLength(2);
    expect(failed).toContain(records[1]?.messageId);
    expect(relay.taken).toHaveLength(1);
  });
});

describe('what SES tells of an address', () => {
  const bounced = (bounceType: string, emailAddress = 'joe@example.org') => ({
    source: 'aws.ses',
    'detail-type': 'Email Bounced',
    detail: {
      eventType: 'Bounce',
      bounce: {
        bounceType,
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress, status: '5.1.1' }],
      },
      mail: { source: 'no-reply@example.com' },
    },
  });
  const markOf = (address: string) => readUndeliverable(tables.sessions, address);

  test('it came back for good: nothing more goes there', async () => {
    await handler(bounced('Permanent', '"Joe" <Joe@Example.org>'));
    expect(await markOf('joe@example.org')).toEqual({ why: 'bounced', at: NOW });
    expect(await markOf('JOE@example.org')).toEqual({ why: 'bounced', at: NOW });
    await order(asked());
    expect(relay.connections.count).toBe(0);
  });

  test('somebody called it spam: nothing more goes there', async () => {
    await handler({
      'detail-type': 'Email Complaint Received',
      detail: { complaint: { complainedRecipients: [{ emailAddress: 'joe@example.org' }] } },
    });
    expect(await markOf('joe@example.org')).toEqual({ why: 'complained', at: NOW });
  });

  test('it may work another time: it is sent to as before', async () => {
    await handler(bounced('Transient'));
    expect(await markOf('joe@example.org')).toBeUndefined();
  });

  test('an event of another kind is a fault', () =>
    expect(handler({ 'detail-type': 'Email Opened', detail: {} })).rejects.toThrow('no feedback'));
});

test('no line of the log has an address, a secret or a code in it', async () => {
  const lines: string[] = [];
  const spies = (['info', 'error'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line))),
  );
  relay.refuse({ at: 'DATA', reply: new Reply(550, '5.1.1 joe@example.org is nobody') });
  await order(asked());
  await order(asked({ purpose: 'email-code', browser: 'the secret of a form' }));
  await order(asked({ login: 'nobody@example.net' }));
  for (const spy of spies) spy.mockRestore();
  const [mail] = await mails();
  const code = /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0].replace(' ', '') ?? 'none';
  const said = lines.join('');
  expect(said).toContain('mail_refused');
  expect(said).toContain('mail_sent');
  for (const secret of ['joe', 'example.org', 'nobody@', 'secret of a form', 'of the relay', code])
    expect(said).not.toContain(secret);
});
