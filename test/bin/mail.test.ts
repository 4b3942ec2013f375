/** What `mail check` finds: of SES by a stand-in over its wire, of a relay by one of somebody else's making. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkMail, type MailSettings } from '../../bin/stage/mail.ts';
import { freePort } from '../../dev/ports.ts';
import { startRelay } from '../support/running/relay.ts';
import { startSes } from '../support/running/ses.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
beforeEach(async () => {
  ses = await startSes();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SESV2: ses.endpoint,
  });
});
afterEach(() => ses.stop());

const SETTINGS: MailSettings = {
  transport: 'ses',
  from: 'no-reply@example.com',
  configurationSet: 'latchkey',
  identity: '',
  host: '127.0.0.1',
  port: 25,
  tls: 'none',
  secret: '',
};
const ACCOUNT = '/v2/email/account';
const DOMAIN = '/v2/email/identities/example.com';
const SENDER = '/v2/email/identities/no-reply%40example.com';
const DESTINATIONS = '/v2/email/configuration-sets/latchkey/event-destinations';
const ok = (body: object) => ({ status: 200, body });
const none = { status: 404, type: 'NotFoundException' };
const account = (more: object = {}) =>
  ok({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000, SentLast24Hours: 12 },
    ...more,
  });
const verified = (Status = 'SUCCESS') =>
  ok({ VerifiedForSendingStatus: true, DkimAttributes: { Status } });
const told = (...MatchingEventTypes: string[]) =>
  ok({
    EventDestinations: [
      {
        Name: 'bus',
        Enabled: true,
        MatchingEventTypes,
        EventBridgeDestination: {
          EventBusArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
        },
      },
    ],
  });
const whole = {
  [ACCOUNT]: account(),
  [DOMAIN]: verified(),
  [SENDER]: none,
  [DESTINATIONS]: told('BOUNCE', 'COMPLAINT'),
};
const missing = async (settings: Partial<MailSettings> = {}) => {
  const { findings } = await checkMail({ ...SETTINGS, ...settings });
  return findings.filter(({ missing }) => missing !== undefined).map(({ what }) => what);
};

test('an account that has all of it lacks nothing', async () => {
  Object.assign(ses.standing, whole);
  expect(await missing()).toEqual([]);
});

describe('an account lacks', () => {
  test.each<[string, object, RegExp]>([
    ['production access', { [ACCOUNT]: account({ ProductionAccessEnabled: false }) }, /sandbox/],
    ['sending', { [ACCOUNT]: account({ SendingEnabled: false }) }, /sending is off/],
    ['a sender', { [DOMAIN]: none }, /neither example.com nor no-reply@example.com is verified/],
    ['DKIM', { [DOMAIN]: verified('PENDING') }, /without DKIM/],
    ['a configuration set', { [DESTINATIONS]: none }, /no configuration set latchkey/],
    [
      'the way back',
      { [DESTINATIONS]: told('SEND', 'BOUNCE') },
      /does not tell the default event bus of COMPLAINT/,
    ],
  ])('%s', async (_what, more, found) => {
    Object.assign(ses.standing, whole, more);
    expect(await missing()).toEqual([expect.stringMatching(found)]);
  });

  test('a configuration set, where none is set', async () => {
    Object.assign(ses.standing, whole);
    expect(await missing({ configurationSet: '' })).toEqual([
      expect.stringMatching(/nobody hears/),
    ]);
  });

  test('no domain, where the address itself is verified', async () => {
    Object.assign(ses.standing, whole, { [DOMAIN]: none, [SENDER]: verified() });
    expect(await missing()).toEqual([]);
  });

  test('no domain, where the identity is verified that the stage names', async () => {
    const above = '/v2/email/identities/example';
    Object.assign(ses.standing, whole, { [DOMAIN]: none, [above]: verified() });
    expect(await missing({ identity: 'example' })).toEqual([]);
    expect(await missing({ identity: '*' })).toEqual([expect.stringMatching(/is verified/)]);
  });
});

describe('a relay', () => {
  test('is there, or is not', async () => {
    const relay = await startRelay();
    const smtp = { transport: 'smtp', port: relay.port } as const;
    expect(await missing(smtp)).toEqual([]);
    await relay.stop();
    const port = await freePort();
    expect(await missing({ ...smtp, port })).toEqual([`127.0.0.1:${port} does not let us in`]);
  });

  test('does not let in who does not log in where it asks for that', async () => {
    const relay = await startRelay({ authOptional: false, allowInsecureAuth: true });
    const { transport } = await checkMail({ ...SETTINGS, transport: 'smtp', port: relay.port });
    const mail = { from: SETTINGS.from, to: 'joe@example.org', raw: Buffer.from('x') };
    await expect(transport(mail)).rejects.toThrow(/SMTP/);
    await relay.stop();
  });
});
