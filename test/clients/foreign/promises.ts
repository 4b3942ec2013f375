/** What every library has to be able to do here, and what it has to see refused: name to requirement. */
export const SIGNS_IN = {
  'sign-in': 'signs a user in by code and PKCE (RFC 7636)',
  userinfo: 'reads userinfo (OpenID Connect Core §5.3)',
  call: "calls a protected API in the user's name",
  refresh: 'C1: refreshes by offline access that was asked for without prompt=consent',
  'for-itself': 'acts for itself by client credentials (RFC 6749 §4.4)',
  'used-code': 'is refused a code that was used (RFC 6749 §4.1.2)',
  'wrong-secret': 'is refused with a wrong secret (RFC 6749 §5.2)',
};
export const VERIFIES_ID_TOKEN = {
  'wrong-verifier': 'is refused with another code verifier (RFC 7636 §4.6)',
  'changed-id-token': 'refuses an ID token whose signature was changed',
};
/** As docs/verify.md has it. */
export const VERIFIES = {
  'access-token': 'takes an access token by the published keys',
  'changed-token': 'refuses one whose signature was changed',
  'id-token-as-access': 'refuses an ID token in its place',
};
