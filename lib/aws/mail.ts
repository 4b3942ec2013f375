/**
 * Mails by Amazon SES, and what it says of an account. The only module that knows the SES SDK.
 *
 * Errors: `temporarily_unavailable` where SES does not answer, is asked too often, or does not send at the
 *         moment; what it will never send is an answer; any other is a wrong set-up.
 *
 * @module
 * @see Amazon SES API v2 Reference, SendEmail
 */
import {
  AccountSuspendedException,
  GetAccountCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  MessageRejected,
  NotFoundException,
  SESv2Client,
  SendEmailCommand,
  SendingPausedException,
} from '@aws-sdk/client-sesv2';
import { unavailable } from '../errors.ts';
import type { MailOutcome, Transport } from '../mail-message.ts';

export type Ses = { client: SESv2Client; configurationSet: string };

const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
};

/** @param configurationSet - Empty for none; then nobody hears what came back. */
export const connectSes = (configurationSet: string): Ses => ({
  client: new SESv2Client(LIMITS),
  configurationSet,
});

export const sesTransport =
  ({ client, configurationSet }: Ses): Transport =>
  async ({ from, to, raw }): Promise<MailOutcome> => {
    const command = new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Raw: { Data: raw } },
      ...(configurationSet && { ConfigurationSetName: configurationSet }),
    });
    try {
      await client.send(command);
      return { status: 'taken' };
    } catch (error) {
      return outcomeOf(error as Error);
    }
  };

function outcomeOf(error: Error): MailOutcome {
  // Also an address that is not verified, in the sandbox: the command `mail check` says which.
  if (error instanceof MessageRejected)
    return { status: 'refused', nobody: false, reason: 'SES: MessageRejected' };
  throw faultOf(error);
}

/** An account that is suspended or paused sends again when somebody has seen to it. */
function faultOf(error: Error): Error {
  const { httpStatusCode: status = 0 } =
    (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  const passes =
    status < 400 ||
    status >= 500 ||
    error instanceof AccountSuspendedException ||
    error instanceof SendingPausedException ||
    /TooManyRequests|LimitExceeded|Throttl/.test(error.name);
  return passes ? unavailable(`SES: ${error.name || 'no answer'}`, error) : error;
}

/** What `mail check` asks of an account. `undefined`: there is none of that name. */
type SesAccount = {
  production: boolean;
  sending: boolean;
  /** In 24 hours, and how many of them are used. */
  quota: { most: number; used: number };
};
type SesIdentity = { verified: boolean; dkim: boolean };

export async function readSesAccount({ client }: Ses): Promise<SesAccount> {
  const answer = await client.send(new GetAccountCommand({}));
  const { Max24HourSend: most = 0, SentLast24Hours: used = 0 } = answer.SendQuota ?? {};
  const production = answer.ProductionAccessEnabled === true;
  return { production, sending: answer.SendingEnabled === true, quota: { most, used } };
}

export async function readIdentity(
  { client }: Ses,
  identity: string,
): Promise<SesIdentity | undefined> {
  const answer = await ifThere(() =>
    client.send(new GetEmailIdentityCommand({ EmailIdentity: identity })),
  );
  return (
    answer && {
      verified: answer.VerifiedForSendingStatus === true,
      dkim: answer.DkimAttributes?.Status === 'SUCCESS',
    }
  );
}

/** @returns Which kinds of event it tells the default event bus of. */
export async function readFeedbackEvents({
  client,
  configurationSet,
}: Ses): Promise<string[] | undefined> {
  const answer = await ifThere(() =>
    client.send(
      new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: configurationSet }),
    ),
  );
  return answer?.EventDestinations?.filter(
    ({ Enabled, EventBridgeDestination }) => Enabled && EventBridgeDestination,
  ).flatMap(({ MatchingEventTypes = [] }) => MatchingEventTypes);
}

async function ifThere<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}
