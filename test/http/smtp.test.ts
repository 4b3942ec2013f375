/** Mails by SMTP (RFC 5321), to a server of somebody else's making. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Certificate, localCertificate } from '../../dev/certificate.ts';
import { freePort } from '../../dev/ports.ts';
import { AuthError, Fault } from '../../lib/errors.ts';
import { checkRelay, type SmtpLogin, type SmtpPlace, smtpTransport } from '../../lib/http/smtp.ts';
import { type Relay, Reply, startRelay } from '../support/running/relay.ts';

const MAIL = {
  from: 'no-reply@example.com',
  to: 'joe@example.org',
  raw: Buffer.from('Subject: hello\r\n\r\n.a line that begins with a dot\r\n'),
};
const LOGIN = { username: 'latchkey', password: 'a password' };

const folder = mkdtempSync(join(tmpdir(), 'latchkey-smtp-'));
const trusted = tls.getCACertificates('default');
let certificate: Certificate;
const relays: Relay[] = [];
const relayWith = async (options: Parameters<typeof startRelay>[0] = {}) => {
  const relay = await startRelay(options);
  relays.push(relay);
  return relay;
};
beforeAll(async () => {
  certificate = await localCertificate(folder);
});
afterEach(async () => {
  tls.setDefaultCACertificates(trusted);
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
});
afterAll(() => rmSync(folder, { recursive: true }));

const place = (port: number, how: SmtpPlace['tls'] = 'none'): SmtpPlace => ({
  host: '127.0.0.1',
  port,
  tls: how,
});
const send = (port: number, how?: SmtpPlace['tls'], login?: SmtpLogin) =>
  smtpTransport(place(port, how), async () => login)(MAIL);
const trust = () => tls.setDefaultCACertificates([...trusted, certificate.cert]);
const withTls = () => ({ key: certificate.key, cert: certificate.cert });
/** Takes one login, as `LOGIN` has it. */
const asking = {
  authOptional: false,
  onAuth: (
    { username = '', password = '' },
    _session: unknown,
    done: (e: null, a: object) => void,
  ) =>
    username === LOGIN.username && password === LOGIN.password
      ? done(null, { user: username })
      : done(null, {}),
} as Parameters<typeof startRelay>[0];

describe('a mail', () => {
  test('reaches the relay as it is, lines that begin with a dot included (§4.5.2)', async () => {
    const relay = await relayWith();
    expect(await send(relay.port)).toEqual({ status: 'taken' });
    expect(relay.taken).toMatchObject([{ from: MAIL.from, to: [MAIL.to] }]);
    expect(relay.taken[0]?.raw.toString()).toBe(MAIL.raw.toString());
  });

  test('goes by TLS from the first byte', async () => {
    trust();
    const relay = await relayWith({ ...withTls(), secure: true });
    expect(await send(relay.port, 'implicit')).toEqual({ status: 'taken' });
    expect(relay.taken[0]?.secure).toBe(true);
  });

  test('goes after STARTTLS, and the login with it (RFC 3207)', async () => {
    trust();
    const relay = await relayWith({ ...withTls(), ...asking });
    expect(await send(relay.port, 'starttls', LOGIN)).toEqual({ status: 'taken' });
    expect(relay.taken).toMatchObject([{ secure: true, user: LOGIN.username }]);
  });
});

describe('nothing is said without TLS that was to be said with it', () => {
  test('to a relay that offers no STARTTLS, as one in between would make it seem', async () => {
    const relay = await relayWith(asking);
    await expect(send(relay.port, 'starttls', LOGIN)).rejects.toBeInstanceOf(Error);
    expect(relay.taken).toEqual([]);
  });

  test.each(['implicit', 'starttls'] as const)(
    'to one whose certificate nobody has signed (%s)',
    async (how) => {
      const relay = await relayWith({ ...withTls(), ...asking, secure: how === 'implicit' });
      await expect(send(relay.port, how, LOGIN)).rejects.toBeInstanceOf(Error);
      expect(relay.taken).toEqual([]);
    },
  );
});

describe('what may pass is tried again: temporarily_unavailable', () => {
  const transient = expect.objectContaining({
    said: expect.objectContaining({ code: 'temporarily_unavailable' }),
  });

  test.each([
    [421, 'MAIL', '4.3.2 shutting down'],
    [450, 'RCPT', '4.2.1 greylisted, come back in 300 seconds'],
    [451, 'DATA', '4.7.1 try later'],
    [452, 'RCPT', '4.2.2 mailbox is full for now'],
  ] as const)('a %s at %s', async (code, at, text) => {
    const relay = await relayWith();
    relay.refuse({ at, reply: new Reply(code, text) });
    await expect(send(relay.port)).rejects.toEqual(transient);
    expect(await send(relay.port)).toEqual({ status: 'taken' });
  });

  test('nobody listens', async () => expect(send(await freePort())).rejects.toEqual(transient));

  test('the connection breaks before a greeting', async () => {
    const server = createServer((socket) => socket.destroy());
    const port = await freePort();
    await new Promise<void>((listening) => void server.listen(port, '127.0.0.1', listening));
    await expect(send(port)).rejects.toEqual(transient);
    server.close();
  });
});

describe('what is final is an answer', () => {
  test.each([
    [550, 'RCPT', '5.1.1 no such user', true],
    [550, 'RCPT', '5.7.1 we do not like you', false],
    [550, 'RCPT', 'no such user here', false],
    [552, 'RCPT', '5.2.2 mailbox full', false],
    [552, 'DATA', '5.3.4 too large', false],
    [554, 'DATA', '5.1.1 looks like spam', false],
  ] as const)('a %s at %s with %s: nobody there is %s', async (code, at, text, nobody) => {
    const relay = await relayWith();
    relay.refuse({ at, reply: new Reply(code, text) });
    const outcome = await send(relay.port);
    expect(outcome).toMatchObject({ status: 'refused', nobody });
    expect(relay.taken).toEqual([]);
    expect(JSON.stringify(outcome)).not.toMatch(/joe|example\.org|user/);
  });
});

describe('what is ours to mend is a fault, which names no address and no password', () => {
  test.each<[string, Parameters<typeof startRelay>[0], SmtpLogin | undefined]>([
    ['a wrong password', asking, { ...LOGIN, password: 'another' }],
    ['no login where one is asked for', asking, undefined],
  ])('%s', async (_case, options, login) => {
    trust();
    const relay = await relayWith({ ...withTls(), ...options });
    const error = await send(relay.port, 'starttls', login).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Fault);
    expect(String(error)).toMatch(/^Fault: SMTP: \w+ 53[05] at/);
    expect(String(error)).not.toMatch(/another|latchkey|joe/);
  });

  test('a sender that the relay does not take', async () => {
    const relay = await relayWith();
    relay.refuse({ at: 'MAIL', reply: new Reply(553, '5.7.1 sender no-reply@example.com') });
    const error = await send(relay.port).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Fault);
    expect(String(error)).not.toContain('example.com');
  });
});

describe('a relay is asked, without a mail,', () => {
  test('whether it is there and knows us', async () => {
    trust();
    const relay = await relayWith({ ...withTls(), ...asking });
    await expect(checkRelay(place(relay.port, 'starttls'), LOGIN)).resolves.toBeUndefined();
    await expect(
      checkRelay(place(relay.port, 'starttls'), { ...LOGIN, password: 'no' }),
    ).rejects.toBeInstanceOf(Fault);
    await expect(checkRelay(place(await freePort()), undefined)).rejects.toBeInstanceOf(AuthError);
    expect(relay.taken).toEqual([]);
  });
});
