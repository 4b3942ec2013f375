/**
 * A mail on its way out, and what became of it: what all who carry mails have in common.
 *
 * @module
 */
/** `raw`: the whole message, headers included (RFC 5322). `from` and `to`: of the envelope, without names. */
export type OutgoingMail = { from: string; to: string; raw: Buffer };

/** `nobody`: there is no such mailbox, and there will be none. `reason`: for our log, without an address. */
export type MailOutcome =
  | { status: 'taken' }
  | { status: 'refused'; nobody: boolean; reason: string };

/**
 * Errors: `temporarily_unavailable` for what may pass by itself; a Fault for what somebody has to mend in
 *         the set-up. What is wrong with the mail or whom it is for is an answer.
 */
export type Transport = (mail: OutgoingMail) => Promise<MailOutcome>;
