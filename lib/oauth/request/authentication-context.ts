/**
 * How a user has proven who they are, as a value that clients can ask for and are told.
 *
 * @module
 * @see OpenID Connect Core §2 (acr, amr), Discovery §3 (acr_values_supported), RFC 8176 §2
 */

/** A password over TLS. */
const PASSWORD_CONTEXT = 'urn:latchkey:acr:password';
/** A code by mail, in the browser that asked for it. */
const EMAIL_CODE_CONTEXT = 'urn:latchkey:acr:email-code';

export const CONTEXTS: readonly string[] = [PASSWORD_CONTEXT, EMAIL_CODE_CONTEXT];

export const contextOf = ({ how }: { how?: 'email-code' | undefined }): string =>
  how === 'email-code' ? EMAIL_CODE_CONTEXT : PASSWORD_CONTEXT;

/** @param context - Of a grant from before it was kept: there was a password only. */
export const methodsOf = (context: string | undefined): string[] =>
  context === EMAIL_CODE_CONTEXT ? ['otp'] : ['pwd'];
