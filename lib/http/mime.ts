/**
 * A mail as one message: headers, text and HTML. Whatever is put into a header is encoded by nodemailer, which
 * ends no line for anybody; control characters are taken out before, so that none hides what follows.
 *
 * @module
 * @see RFC 5322, RFC 2047 (encoded words), RFC 3834 §5 (Auto-Submitted), RFC 8058 does not apply: no list
 */
import MailComposer from 'nodemailer/lib/mail-composer/index.js';

export type Mail = {
  /** `name`: as it is shown; of whoever sends. */
  from: { name: string; address: string };
  to: string;
  replyTo?: string | undefined;
  subject: string;
  text: string;
  html: string;
  language: string;
  /** Without angle brackets; the same for the same mail. */
  messageId: string;
  date: Date;
};

/** A line has 998 octets at most (RFC 5322 §2.1.1), and a word without a space is not folded. */
const MOST_CHARACTERS = 200;

/** Of one line, and none that turns the order of letters (UAX #9). */
const ofOneLine = (text: string): string =>
  [...text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim()].slice(0, MOST_CHARACTERS).join('');

export const composeMime = (mail: Mail): Promise<Buffer> =>
  new MailComposer({
    from: { name: ofOneLine(mail.from.name), address: mail.from.address },
    to: { name: '', address: mail.to },
    ...(mail.replyTo && { replyTo: mail.replyTo }),
    subject: ofOneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.messageId}>`,
    date: mail.date,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
