/**
 * Orders for a mail: what a request leaves in the queue, and the function `mail` carries out. So no request
 * waits for a mail; and none by somebody unproven looks anybody up, so that nothing of its answer can tell
 * whether there is somebody. No secret of a link or a code is in the queue: whoever carries the order out makes
 * it.
 *
 * Message: asked   by somebody unproven, for whatever `login` turns out to be
 *          link    by somebody proven, for a user: to `address`, where that is not the one that they have
 *          notice  what happened to a user, by the name of its event (lib/events/notices.ts)
 *
 * Errors: `temporarily_unavailable`: the queue did not take it.
 *
 * @module
 */
import * as v from 'valibot';
import { enqueue, type Queue } from '../aws/queue.ts';
import { refuse } from '../errors.ts';
import { NoticeOrder } from '../events/notices.ts';

/** As long as an address can be, and longer than a name. @see RFC 3696 errata 1690 */
const MAX_LENGTH = 320;
const MailLocale = v.picklist(['en', 'cs']);
const id = v.pipe(v.string(), v.nonEmpty(), v.maxLength(512));

/** By its purpose a mail is written, capped and told from others. */
const ASKED_PURPOSES = ['reset-password', 'sign-up', 'email-code', 'unlock'] as const;
const LINK_PURPOSES = ['invitation', 'verify-email', 'change-email', 'reset-password'] as const;
export type LinkPurpose = (typeof ASKED_PURPOSES | typeof LINK_PURPOSES)[number];

export const AskedOrder = v.strictObject({
  kind: v.literal('asked'),
  purpose: v.picklist(ASKED_PURPOSES),
  /** As it was typed: a name or an address; for `sign-up` the address. */
  login: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_LENGTH)),
  locale: MailLocale,
  /** At whose sign-in it was asked for. */
  client: v.optional(id),
  /** In which a user is to be made. */
  domain: v.optional(id),
  /** To which a code is bound: the secret of the form that asked (email-codes.ts). */
  browser: v.optional(id),
  /** Where to go on, a path of ours. */
  returnTo: v.optional(v.pipe(v.string(), v.maxLength(8192))),
});
export type AskedOrder = v.InferOutput<typeof AskedOrder>;

export const LinkOrder = v.strictObject({
  kind: v.literal('link'),
  purpose: v.picklist(LINK_PURPOSES),
  subject: id,
  /** The subject's then: whatever has ended their sessions since has ended the order, too. */
  generation: v.optional(v.number()),
  address: v.optional(v.pipe(v.string(), v.maxLength(MAX_LENGTH))),
  /** Of whoever orders; that of the user's profile comes first. */
  locale: v.optional(MailLocale),
});
export type LinkOrder = v.InferOutput<typeof LinkOrder>;

export const MailOrder = v.variant('kind', [AskedOrder, LinkOrder, NoticeOrder]);
export type MailOrder = v.InferOutput<typeof MailOrder>;

/** For whoever has to be told. */
export const noMailSent = () =>
  refuse('conflict', 'no-mail-sent', 'The deployment sends no mail: set mailTransport.');

/** For whoever was to get one. */
export const mailNotSent = () =>
  refuse('temporarily_unavailable', 'mail-not-sent', 'This service sends no mail.');

/** `queue`: undefined where the deployment sends no mail. */
export type MailServices = { queue: Queue | undefined };

/** @returns `false` where the deployment sends none; then nothing was ordered. */
export async function orderMail(
  { queue }: MailServices,
  order: AskedOrder | LinkOrder,
): Promise<boolean> {
  if (queue) await enqueue(queue, [order]);
  return queue !== undefined;
}
