/**
 * One word of a scope: printable ASCII without space, quote and backslash.
 *
 * @module
 * @see RFC 6749 §3.3 (scope-token)
 */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

export const isScopeToken = (text: string): boolean => SCOPE_TOKEN.test(text);
