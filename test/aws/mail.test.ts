/** Mails by SES, over its wire protocol (REST, JSON), to a stand-in that answers as it would. */
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connectSes,
  readFeedbackEvents,
  readIdentity,
  readSesAccount,
  sesTransport,
} from '../../lib/aws/mail.ts';
import { type SesAnswer, startSes } from '../support/running/ses.ts';

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

const MAIL = {
  from: 'no-reply@example.com',
  to: 'joe@example.org',
  raw: Buffer.from('From: no-reply@example.com\r\nSubject: hello\r\n\r\ntext\r\n'),
};
const taken = { status: 200, body: { MessageId: '0100' } };
const send = (configurationSet = 'latchkey') => sesTransport(connectSes(configurationSet))(MAIL);

describe('a mail', () => {
  test('is handed over whole, for one address, by the configuration set that hears what comes back', async () => {
    ses.answers.push(taken);
    expect(await send()).toEqual({ status: 'taken' });
    expect(ses.requests).toMatchObject([{ method: 'POST', path: '/v2/email/outbound-emails' }]);
    expect(ses.requests[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 .*\/us-east-1\/ses\//,
    );
    const { Content, ...rest } = JSON.parse(ses.requests[0]?.body ?? '') as {
      Content: { Raw: { Data: string } };
    };
    expect(rest).toEqual({
      FromEmailAddress: MAIL.from,
      Destination: { ToAddresses: [MAIL.to] },
      ConfigurationSetName: 'latchkey',
    });
    const parsed = await simpleParser(Buffer.from(Content.Raw.Data, 'base64'));
    expect(parsed).toMatchObject({ subject: 'hello', text: 'text\n' });
  });

  test('names no configuration set where there is none', async () => {
    ses.answers.push(taken);
    await send('');
    expect(JSON.parse(ses.requests[0]?.body ?? '')).not.toHaveProperty('ConfigurationSetName');
  });
});

describe('what may pass is tried again: temporarily_unavailable', () => {
  test.each<[string, SesAnswer]>([
    ['SES is asked too often', { status: 429, type: 'TooManyRequestsException' }],
    ['the quota of the day is used up', { status: 400, type: 'LimitExceededException' }],
    ['sending is paused', { status: 400, type: 'SendingPausedException' }],
    ['the account is suspended', { status: 400, type: 'AccountSuspendedException' }],
    ['SES has a fault', { status: 503, type: 'ServiceUnavailable' }],
  ])('%s', async (_case, answer) => {
    ses.answers.push(answer, answer, answer);
    await expect(send()).rejects.toMatchObject({ said: { code: 'temporarily_unavailable' } });
  });

  test('and the SDK tries a fault again by itself', async () => {
    ses.answers.push({ status: 500 }, taken);
    expect(await send()).toEqual({ status: 'taken' });
  });
});

test('what SES will never send is an answer, and marks nobody', async () => {
  ses.answers.push({ status: 400, type: 'MessageRejected', body: { message: 'joe@example.org' } });
  const outcome = await send();
  expect(outcome).toEqual({ status: 'refused', nobody: false, reason: 'SES: MessageRejected' });
});

test.each([
  ['the role may not', 403, 'AccessDeniedException'],
  ['the sender is not verified', 400, 'MailFromDomainNotVerifiedException'],
  ['there is no such configuration set', 404, 'NotFoundException'],
])('a set-up that is wrong is a fault: %s', async (_case, status, type) => {
  ses.answers.push({ status, type });
  const error = (await send().catch((reason: unknown) => reason)) as Error;
  expect(error.name).toBe(type);
  expect(ses.requests).toHaveLength(1);
});

describe('of an account it is told', () => {
  test('whether it is out of the sandbox, and what it may send', async () => {
    ses.answers.push({
      status: 200,
      body: {
        ProductionAccessEnabled: true,
        SendingEnabled: true,
        SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 12 },
      },
    });
    expect(await readSesAccount(connectSes(''))).toEqual({
      production: true,
      sending: true,
      quota: { most: 50_000, used: 12 },
    });
    expect(ses.requests[0]?.path).toBe('/v2/email/account');
  });

  test('whether a sender is verified, and signs (DKIM)', async () => {
    ses.answers.push(
      {
        status: 200,
        body: { VerifiedForSendingStatus: true, DkimAttributes: { Status: 'PENDING' } },
      },
      { status: 404, type: 'NotFoundException' },
    );
    expect(await readIdentity(connectSes(''), 'example.com')).toEqual({
      verified: true,
      dkim: false,
    });
    expect(await readIdentity(connectSes(''), 'example.net')).toBeUndefined();
    expect(ses.requests[0]?.path).toBe('/v2/email/identities/example.com');
  });

  test('of what the event bus hears', async () => {
    const bus = {
      EventBridgeDestination: {
        EventBusArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
      },
    };
    ses.answers.push({
      status: 200,
      body: {
        EventDestinations: [
          { Name: 'off', Enabled: false, MatchingEventTypes: ['SEND'], ...bus },
          { Name: 'elsewhere', Enabled: true, MatchingEventTypes: ['OPEN'] },
          { Name: 'bus', Enabled: true, MatchingEventTypes: ['BOUNCE', 'COMPLAINT'], ...bus },
        ],
      },
    });
    expect(await readFeedbackEvents(connectSes('latchkey'))).toEqual(['BOUNCE', 'COMPLAINT']);
    expect(ses.requests[0]?.path).toBe('/v2/email/configuration-sets/latchkey/event-destinations');
  });
});
