/**
 * What a stage needs in order to send mails, and whether it has it: the account, the sender, the way back for
 * bounces; or the relay and its login.
 *
 * Of the local stack it is the mailbox. Elsewhere it needs the permissions ses:GetAccount, ses:GetEmailIdentity and
 * ses:GetConfigurationSetEventDestinations, or secretsmanager:GetSecretValue for the secret of the relay.
 *
 * @module
 */
import * as v from 'valibot';
import type { Ses } from '../../lib/aws/mail.ts';
import type { SmtpLogin, SmtpPlace } from '../../lib/http/smtp.ts';
import type { Transport } from '../../lib/mail-message.ts';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import { outputOf } from './output.ts';

const Settings = v.object({
  transport: v.picklist(['none', 'ses', 'smtp']),
  from: v.string(),
  configurationSet: v.string(),
  /** Where it is neither the sender's address nor its domain. Stages of before say nothing of it. */
  identity: v.optional(v.string(), ''),
  host: v.string(),
  port: v.pipe(v.string(), v.transform(Number)),
  tls: v.picklist(['starttls', 'implicit', 'none']),
  secret: v.string(),
});
export type MailSettings = v.InferOutput<typeof Settings>;

/** `missing`: what to do, where it is not as it has to be. */
type Finding = { what: string; missing?: string };
export type Checked = { findings: Finding[]; transport: Transport };

/** Of the local stack, which catches all mails. @throws Failure where none runs that does. */
export function localMailSettings(): MailSettings {
  const port = Number(process.env['SMTP_PORT']);
  if (!port) throw new Failure('the local stack that runs here catches no mails: start it anew');
  const from = 'no-reply@latchkey.example';
  const relay = { host: '127.0.0.1', port, tls: 'none', secret: '' } as const;
  return { transport: 'smtp', from, configurationSet: '', identity: '', ...relay };
}

export async function mailSettingsOf(stage: string): Promise<MailSettings> {
  const said = await outputOf(stage, 'MailSettings');
  const settings = said ? v.parse(Settings, JSON.parse(said)) : undefined;
  if (!settings || settings.transport === 'none')
    throw new Failure(`the stage ${stage} sends no mail: deploy it with mailTransport ses or smtp`);
  return settings;
}

export const checkMail = (settings: MailSettings): Promise<Checked> =>
  settings.transport === 'ses' ? checkSes(settings) : checkSmtp(settings);

async function checkSes({ from, configurationSet, identity }: MailSettings): Promise<Checked> {
  const { connectSes, readSesAccount, sesTransport } = await import('../../lib/aws/mail.ts');
  const ses = connectSes(configurationSet);
  const account = await asking('stack', 'Amazon SES', () => readSesAccount(ses));
  const { most, used } = account.quota;
  const findings: Finding[] = [
    account.production
      ? { what: 'the account sends to anybody' }
      : {
          what: 'the account is in the sandbox: it sends to verified addresses alone',
          missing: 'ask for production access (SES console, Account dashboard)',
        },
    account.sending
      ? { what: `sending is on; ${used} of ${most} mails of these 24 hours are used` }
      : { what: 'sending is off', missing: 'see why (SES console, Account dashboard)' },
    await identityOf(ses, from, identity),
    await feedbackOf(ses),
  ];
  return { findings, transport: sesTransport(ses) };
}

/** @param other - By which the function may send, too; `*` names none. */
async function identityOf(ses: Ses, from: string, other: string): Promise<Finding> {
  const { readIdentity } = await import('../../lib/aws/mail.ts');
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const names = [domain, from, ...(other === '' || other === '*' ? [] : [other])];
  const all = await Promise.all(names.map((name) => readIdentity(ses, name)));
  const found = all.find((one) => one?.verified);
  if (!found?.verified)
    return {
      what: `neither ${domain} nor ${from} is verified`,
      missing: `aws sesv2 create-email-identity --email-identity ${domain}, and its DNS records`,
    };
  return found.dkim
    ? { what: `${from} is verified, and its mails are signed (DKIM)` }
    : {
        what: `${from} is verified, without DKIM`,
        missing: `verify ${domain} by its DKIM records`,
      };
}

const WANTED = ['BOUNCE', 'COMPLAINT'];

async function feedbackOf(ses: Ses): Promise<Finding> {
  const { readFeedbackEvents } = await import('../../lib/aws/mail.ts');
  const name = ses.configurationSet;
  if (name === '')
    return {
      what: 'no configuration set, so nobody hears of bounces and complaints',
      missing: 'make one, with an event destination to EventBridge, and set sesConfigurationSet',
    };
  const told = await readFeedbackEvents(ses);
  if (!told) return { what: `no configuration set ${name}`, missing: 'make it' };
  const untold = WANTED.filter((type) => !told.includes(type));
  return untold.length === 0
    ? { what: `${name} tells the default event bus of bounces and complaints` }
    : {
        what: `${name} does not tell the default event bus of ${untold.join(' and ')}`,
        missing: 'give it an enabled event destination to EventBridge for BOUNCE and COMPLAINT',
      };
}

async function checkSmtp(settings: MailSettings): Promise<Checked> {
  const { checkRelay, smtpTransport } = await import('../../lib/http/smtp.ts');
  const place: SmtpPlace = settings;
  const login = await loginOf(settings);
  const where = `${place.host}:${place.port}`;
  const finding = await checkRelay(place, login).then(
    (): Finding => ({ what: `${where} is there (${place.tls})${login ? ', and knows us' : ''}` }),
    (error: Error): Finding => ({
      what: `${where} does not let us in`,
      missing: reasonOf(error),
    }),
  );
  return { findings: [finding], transport: smtpTransport(place, async () => login) };
}

/** Ours names the step and the number of the reply alone. */
const reasonOf = (error: Error & { said?: { reason?: string } }): string =>
  error.said?.reason ?? error.message;

async function loginOf({ secret }: MailSettings): Promise<SmtpLogin | undefined> {
  if (secret === '') return undefined;
  const [{ connectSecrets, readVersion }, { readLogin }] = await Promise.all([
    import('../../lib/aws/secret.ts'),
    import('../../lib/http/smtp.ts'),
  ]);
  const read = () => readVersion(connectSecrets(secret), { stage: 'AWSCURRENT' });
  return readLogin(await asking('secret', secret, read));
}
