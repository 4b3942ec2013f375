/**
 * Wiring of the function that writes and sends mails.
 *
 * Errors: ConfigError.
 *
 * @module
 */
import { connectQueue, type Queue } from '../aws/queue.ts';
import { connectSecrets, readVersion } from '../aws/secret.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { composeLetter } from '../faces/pages/mail/compose.ts';
import type { DeliverServices } from '../mail/deliver.ts';
import { DEFAULT_BRAND } from '../mail/letter.ts';
import type { Transport } from '../mail-message.ts';
import { brandOfLetter } from '../manage/brands/worn.ts';
import { gatherMetrics } from '../metrics.ts';
import { now, tables } from './collaborators.ts';

const SENDING = [
  'mailTransport',
  'mailFrom',
  'mailReplyTo',
  'sesConfigurationSet',
  'smtpHost',
  'smtpPort',
  'smtpTls',
  'smtpSecret',
] as const;
type Sending = Pick<Config, (typeof SENDING)[number]>;

/** Milliseconds. What waits for another batch is lost where none comes. */
const AT_EVERY_BATCH = 0;

export function composeMail(): DeliverServices & { queue: Queue } {
  const config = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'sessionsTable',
    'eventsTable',
    'metricNamespace',
    'mailQueue',
    'brandDomain',
    ...SENDING,
  ]);
  const both = tables(config);
  const { mailFrom: from, mailReplyTo: replyTo } = config;
  return {
    tables: both,
    events: { client: both.directory.client, name: config.eventsTable },
    issuer: config.issuer,
    queue: connectQueue(config.mailQueue),
    brandOf: async (domain, client) =>
      (await brandOfLetter({ tables: both, brandDomain: config.brandDomain }, domain, client)) ??
      DEFAULT_BRAND,
    compose: (letter, id) => composeLetter(letter, { from, replyTo, id }),
    transport: transportOf(config),
    from,
    metrics: gatherMetrics(config.metricNamespace, Date.now, AT_EVERY_BATCH),
    now,
  };
}

/** Only what it sends by is loaded, at the first mail. */
function transportOf(config: Sending): Transport {
  checkSending(config);
  return config.mailTransport === 'ses' ? bySes(config) : bySmtp(config);
}

function bySes({ sesConfigurationSet }: Sending): Transport {
  let transport: Transport | undefined;
  return async (mail) => {
    const { connectSes, sesTransport } = await import('../aws/mail.ts');
    transport ??= sesTransport(connectSes(sesConfigurationSet));
    return transport(mail);
  };
}

function bySmtp({ smtpHost: host, smtpPort: port, smtpTls: tls, smtpSecret }: Sending): Transport {
  const secret = smtpSecret === '' ? undefined : connectSecrets(smtpSecret);
  return async (mail) => {
    const { readLogin, smtpTransport } = await import('../http/smtp.ts');
    const login = async () =>
      secret && readLogin(await readVersion(secret, { stage: 'AWSCURRENT' }));
    return smtpTransport({ host, port, tls }, login)(mail);
  };
}

const LOOPBACK = /^(127\.0\.0\.1|\[?::1\]?|localhost)$/;

/** What would fail at each mail stops the deployment instead. */
function checkSending({ mailTransport, mailFrom, smtpHost, smtpTls }: Sending): void {
  if (mailTransport === 'none') return;
  if (mailFrom === '') throw new ConfigError('MAIL_FROM is missing');
  if (mailTransport === 'ses') return;
  if (smtpHost === '') throw new ConfigError('SMTP_HOST is missing');
  if (smtpTls === 'none' && !LOOPBACK.test(smtpHost))
    throw new ConfigError('SMTP_TLS none is for a relay on this machine only');
}
