/**
 * What SES tells of a mail that it had taken: it came back for good, or somebody called it spam. Nothing more
 * is sent to such an address, until an administrator says otherwise.
 *
 * Event: { "detail-type": "Email Bounced", detail: { bounce: { bounceType, bouncedRecipients:
 *        [{ emailAddress }] } } }, or "Email Complaint Received" with { complaint: { complainedRecipients } }
 *
 * Errors: a Fault for an event of another kind.
 *
 * @module
 * @see Amazon SES Developer Guide, "Contents of event data"
 */
import * as v from 'valibot';
import { mailable } from '../account/mail-address.ts';
import type { Table } from '../aws/table.ts';
import { Fault } from '../errors.ts';
import { logNotice } from '../log.ts';
import { markUndeliverable, type Undeliverable } from '../store/sessions/mail.ts';
import type { Instant } from '../time.ts';

const Recipients = v.array(v.object({ emailAddress: v.string() }));
const Feedback = v.variant('detail-type', [
  v.object({
    'detail-type': v.literal('Email Bounced'),
    detail: v.object({
      bounce: v.object({ bounceType: v.string(), bouncedRecipients: Recipients }),
    }),
  }),
  v.object({
    'detail-type': v.literal('Email Complaint Received'),
    detail: v.object({ complaint: v.object({ complainedRecipients: Recipients }) }),
  }),
]);
type Feedback = v.InferOutput<typeof Feedback>;

export async function takeFeedback(
  { sessions, now }: { sessions: Table; now: () => Instant },
  event: unknown,
): Promise<void> {
  const { success, output } = v.safeParse(Feedback, event);
  if (!success) throw new Fault('an event that is no feedback of SES');
  const { why, recipients } = readFeedback(output);
  for (const { emailAddress } of recipients) {
    const address = mailable(emailAddress.replace(/^.*<(.+)>$/, '$1'));
    if (address) await markUndeliverable(sessions, address, { why, at: now() });
  }
  logNotice('mail_feedback', { why, recipients: recipients.length });
}

/** A bounce that is no `Permanent` one may pass: a mailbox that is full. */
function readFeedback(feedback: Feedback): {
  why: Undeliverable['why'];
  recipients: readonly { emailAddress: string }[];
} {
  if (feedback['detail-type'] === 'Email Complaint Received')
    return { why: 'complained', recipients: feedback.detail.complaint.complainedRecipients };
  const { bounceType, bouncedRecipients } = feedback.detail.bounce;
  return { why: 'bounced', recipients: bounceType === 'Permanent' ? bouncedRecipients : [] };
}
