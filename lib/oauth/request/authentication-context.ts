/**
 * How strongly a user has proven who they are, as a value that clients can ask for and are told.
 *
 * @module
 * @see OpenID Connect Core §2 (acr), Discovery §3 (acr_values_supported)
 */

/** A password over TLS, the one way there is. */
export const PASSWORD_CONTEXT = 'urn:latchkey:acr:password';

export const CONTEXTS: readonly string[] = [PASSWORD_CONTEXT];
