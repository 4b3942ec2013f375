/**
 * What parameters of paths and queries mean, by their names; an operation may say it better.
 *
 * @module
 */
export const ABOUT: Readonly<Record<string, string>> = {
  id: 'Which one.',
  name: 'Its name.',
  issuer: 'The path of the issuer, without the slash before it.',
  uuid: 'The id of a domain token.',
  ticket: 'From the answer to the deletion.',
  limit: 'How many at most.',
  cursor:
    'The `next` of the page before: for the same caller, list and filters. Without it, the first page.',
  domain: "The domain; the caller's own, unless it is said.",
  owner: 'The id of a user or a client, or `domain#` and a name; the caller, unless it is said.',
  createdBy: 'The id of who made them, whoever they belong to; in place of whose they are.',
  subject: 'The id of a user or a client; the caller, unless it is said.',
  check:
    '`scopes`: only clients that are registered for no scope of an API; `register` names those to add.',
  login: 'Only the one who signs in with this name or e-mail address.',
  from: 'Epoch seconds, included.',
  to: 'Epoch seconds, included; now, unless it is said.',
  filter: '`scope:` and a scope: only users who have it.',
  pattern: 'A part of the username; letter case does not matter.',
  sort: '`created` or `username`, then `:1` or `:-1`.',
  response_type: '`code`, the only one.',
  client_id: 'The id of the client.',
  redirect_uri: 'Where to answer: one of the registered ones, as it is registered.',
  scope: 'What is asked for, separated by blanks; `openid` among it for an ID token.',
  state: 'Comes back as it is.',
  nonce: 'Comes back in the ID token.',
  code_challenge: 'PKCE: the SHA-256 of the verifier, base64url (RFC 7636).',
  code_challenge_method: '`S256`, the only one.',
  response_mode: '`query` or `form_post`.',
  prompt: '`none`, or some of `login`, `consent` and `select_account`.',
  max_age: 'Seconds: whoever signed in longer ago has to sign in again.',
  login_hint: 'The name to fill in.',
  id_token_hint: 'An ID token of the user who is meant; it may have expired.',
  acr_values: 'Ways of signing in that would do.',
  claims: 'Claims asked for by name (OpenID Connect Core §5.5), as JSON.',
  display: 'Taken, and without effect: the pages fit any size.',
  ui_locales: 'Languages, the best first: `en` and `cs` are there.',
  post_logout_redirect_uri: 'Where to go afterwards: one of the registered ones.',
  return_to: 'The path of the page to come back to.',
  method: 'Of the call, in capitals.',
  path: 'Of the call, percent-encoded as it is sent.',
  offset: 'How many are skipped.',
};
