/**
 * The forms of the OAuth endpoints, for the OpenAPI document. What they hold is checked by the protocol,
 * in the order that its errors want: lib/oauth/token/issue.ts, lib/oauth/logout/revoke.ts.
 *
 * @module
 */
import * as v from 'valibot';
import { GRANTS } from '../../oauth/token/call.ts';

/** `client_secret_post`; whoever sends Basic leaves them out. */
const client = {
  client_id: v.optional(v.string()),
  client_secret: v.optional(v.string()),
  client_assertion_type: v.optional(v.string()),
  client_assertion: v.optional(v.string()),
};

/** Whatever else is there, such as response_type, is ignored. */
export const TokenRequest = v.object({
  grant_type: v.picklist(GRANTS),
  scope: v.optional(v.string()),
  code: v.optional(v.string()),
  redirect_uri: v.optional(v.string()),
  code_verifier: v.optional(v.string()),
  refresh_token: v.optional(v.string()),
  ...client,
});
export const Revocation = v.object({
  token: v.string(),
  token_type_hint: v.optional(v.string()),
  ...client,
});
