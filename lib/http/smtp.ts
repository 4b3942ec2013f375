/**
 * Mails by SMTP, to a relay that the operator has chosen. One connection a mail: there are few, and a relay
 * that is restarted is no trouble.
 *
 *   4yz, no answer, a connection that breaks   may pass: `temporarily_unavailable`
 *   5yz of the recipient or the message        final, an answer: who asked again would be a nuisance
 *   5yz of the sender or the login, no TLS     ours to mend, a Fault: tried again, and in the end kept for a look
 *
 * @module
 * @see RFC 5321 §4.2.1 (replies), RFC 3463 §3.2 (5.1.x: there is no such mailbox), RFC 3207 (STARTTLS)
 */
import { createTransport } from 'nodemailer';
import * as v from 'valibot';
import { Fault, unavailable } from '../errors.ts';
import type { MailOutcome, OutgoingMail, Transport } from '../mail-message.ts';

/** implicit: from the first byte (465). starttls: before anything else is said, or not at all (587). */
export type SmtpPlace = { host: string; port: number; tls: 'starttls' | 'implicit' | 'none' };
export type SmtpLogin = { username: string; password: string };

const Login = v.object({ username: v.string(), password: v.string() });

/** @param text - The secret, as it is stored. Errors: a Fault, which repeats nothing of it. */
export function readLogin(text: string | undefined): SmtpLogin {
  try {
    return v.parse(Login, JSON.parse(text ?? ''));
  } catch {
    throw new Fault('the secret of the SMTP relay is no { "username", "password" }');
  }
}

/** The function has half a minute in all. */
const LIMITS = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 15_000 };

/** @param login - Read for each mail, so that one that was changed counts; `undefined` where none is asked for. */
export const smtpTransport =
  (place: SmtpPlace, login: () => Promise<SmtpLogin | undefined>): Transport =>
  async (mail) => {
    const relay = relayOf(place, await login());
    try {
      return await send(relay, mail);
    } finally {
      relay.close();
    }
  };

/** Connects, and proves who we are, without a mail. Errors: as above. */
export async function checkRelay(place: SmtpPlace, login: SmtpLogin | undefined): Promise<void> {
  const relay = relayOf(place, login);
  try {
    await relay.verify();
  } catch (error) {
    throw faultOf(error as SmtpError);
  } finally {
    relay.close();
  }
}

const relayOf = ({ host, port, tls }: SmtpPlace, login: SmtpLogin | undefined) =>
  createTransport({
    host,
    port,
    ...LIMITS,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2' },
    ...(login && { auth: { user: login.username, pass: login.password } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
type Relay = ReturnType<typeof relayOf>;

async function send(relay: Relay, { from, to, raw }: OutgoingMail): Promise<MailOutcome> {
  try {
    await relay.sendMail({ envelope: { from, to }, raw });
    return { status: 'taken' };
  } catch (error) {
    const { responseCode = 0, command = '', response = '' } = error as SmtpError;
    const isOfMail = /^(RCPT TO|DATA)$/.test(command);
    if (responseCode < 500 || !isOfMail) throw faultOf(error as SmtpError);
    const [, enhanced = ''] = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
    const nobody = command === 'RCPT TO' && /^5\.1\.(1|2|3|6|10)$/.test(enhanced);
    return { status: 'refused', nobody, reason: `SMTP: ${responseCode} ${enhanced} at ${command}` };
  }
}

type SmtpError = Error & {
  code?: string;
  responseCode?: number;
  command?: string;
  response?: string;
};

/** What a server answers may repeat an address, so none of it is kept but its numbers. */
function faultOf(error: SmtpError): Error {
  const { code = '', responseCode = 0, command = '' } = error;
  const what = `SMTP: ${code} ${responseCode || ''} at ${command || 'CONN'}`.replace('  ', ' ');
  return responseCode >= 500 || code === 'EAUTH' || code === 'ETLS'
    ? new Fault(what)
    : unavailable(what);
}
