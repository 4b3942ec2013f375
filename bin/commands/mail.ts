/**
 * latchkey mail check, mail unmark: whether a stage can send mails, and that an address gets them again.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { mailable } from '../../lib/account/mail-address.ts';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import {
  type Checked,
  checkMail,
  localMailSettings,
  type MailSettings,
  mailSettingsOf,
} from '../stage/mail.ts';
import { command } from './command.ts';
import { Failure, Misuse } from './failure.ts';

const mailCheck = command({
  summary: 'says what a stage still lacks in order to send mails, and sends one',
  usage: `[--to ADDRESS] ${DEPLOYMENT_USAGE}`,
  options: { to: { type: 'string' }, ...DEPLOYMENT },
  async run(_operands, { to, stage, ...place }) {
    const address = to === undefined ? undefined : addressOf(to);
    useDeployment(place);
    const settings = place.local ? localMailSettings() : await mailSettingsOf(stage);
    const checked = await checkMail(settings);
    const sent = address && (await sendTest(checked, settings, address));
    const findings = [...checked.findings, ...(sent ? [sent] : [])];
    const isFine = findings.every(({ missing }) => missing === undefined);
    return {
      json: { transport: settings.transport, from: settings.from, findings },
      text: findings
        .map(({ what, missing }) => (missing ? `no   ${what}: ${missing}` : `yes  ${what}`))
        .join('\n'),
      ...(!isFine && { exitCode: 1 }),
    };
  },
});

async function sendTest(
  { transport }: Checked,
  { from }: MailSettings,
  to: string,
): Promise<Checked['findings'][number]> {
  const { composeMime } = await import('../../lib/http/mime.ts');
  const text = 'This is a test of how Latchkey sends mails. There is nothing to do.';
  const raw = await composeMime({
    from: { name: 'Latchkey', address: from },
    to,
    subject: 'A test of Latchkey',
    text: `${text}\n`,
    html: `<p>${text}</p>\n`,
    language: 'en',
    messageId: `${randomUUID()}@${from.slice(from.lastIndexOf('@') + 1)}`,
    date: new Date(),
  });
  try {
    const outcome = await transport({ from, to, raw });
    return outcome.status === 'taken'
      ? { what: `a test was sent to ${to}: look whether it arrives` }
      : { what: `a test to ${to} was refused`, missing: outcome.reason };
  } catch (error) {
    const { message, said } = error as Error & { said?: { reason?: string } };
    return { what: `a test to ${to} could not be sent`, missing: said?.reason ?? message };
  }
}

const mailUnmark = command({
  summary: 'lets an address get mails again that came back from it, or that somebody called spam',
  operands: ['ADDRESS'],
  usage: DEPLOYMENT_USAGE,
  options: DEPLOYMENT,
  async run([given = ''], { stage, ...place }) {
    const address = addressOf(given);
    useDeployment(place);
    const [{ connect }, { resumeMail }, { operatorsTrail }] = await Promise.all([
      import('../../lib/aws/table.ts'),
      import('../../lib/manage/deployment/resume-mail.ts'),
      import('../stage/trail.ts'),
    ]);
    const client = connect();
    const at = (name: string) => ({ client, name: `latchkey-${stage}-${name}` });
    const tables = { directory: at('directory'), sessions: at('sessions') };
    const unmarked = await asking('table', tables.sessions.name, async () =>
      resumeMail(tables, address, await operatorsTrail({ stage, local: place.local })),
    );
    if (!unmarked) throw new Failure('the address is not marked: it gets mails');
    return { json: { unmarked }, text: `${address} gets mails again` };
  },
});

function addressOf(given: string): string {
  const address = mailable(given);
  if (!address) throw new Misuse('that is no address to which mails are sent');
  return address;
}

export const MAIL_COMMANDS = { 'mail check': mailCheck, 'mail unmark': mailUnmark };
