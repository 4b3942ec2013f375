/**
 * The mails of the deployed service, as SES has taken them.
 *
 * @module
 */
import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { inject } from 'vitest';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { once, settled } from './prod.ts';

/** As docs/accounts.md says in "Mail": the sender's domain, and the set that tells of bounces. */
export const sendsMail = (): Promise<unknown> =>
  once('sends-mail', async () => {
    await settled();
    const { endpoint } = inject('shared');
    const ses = new SESv2Client({ endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS });
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }));
    await ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName: 'latchkey' }));
  });

type Mail = { To: string[]; BodyText: string };

/** @returns Their texts, oldest first. */
export async function mailsTo(address: string): Promise<string[]> {
  const answer = await fetch(`${inject('shared').endpoint}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, Mail[]> };
  const mails = Object.values(messages).flat();
  return mails.filter(({ To }) => To.includes(address)).map(({ BodyText }) => BodyText);
}
