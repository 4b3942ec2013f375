/**
 * The requests of OpenID Connect, for the OpenAPI document. What they hold is checked by the protocol, one
 * rule a file (check-*.ts), in the order that its errors want.
 *
 * @module
 */
import * as v from 'valibot';

const text = v.optional(v.string());

/** Whatever else is there is ignored. */
export const AuthorizationParameters = v.object({
  response_type: text,
  client_id: text,
  redirect_uri: text,
  scope: text,
  state: text,
  nonce: text,
  code_challenge: text,
  code_challenge_method: text,
  response_mode: text,
  prompt: text,
  max_age: text,
  login_hint: text,
  id_token_hint: text,
  acr_values: text,
  claims: text,
  display: text,
  ui_locales: text,
});

export const LoginParameters = v.object({ return_to: text, ui_locales: text });

/** The fields of a page's form: they belong to the page and are not for programs. */
export const SignInForm = v.object({
  action: text,
  username: text,
  password: text,
  request: text,
  token: text,
  issued_at: text,
});

export const LogoutParameters = v.object({
  id_token_hint: text,
  client_id: text,
  post_logout_redirect_uri: text,
  state: text,
  ui_locales: text,
});

export const Introspection = v.object({
  token: v.string(),
  token_type_hint: text,
  client_id: text,
  client_secret: text,
  client_assertion_type: text,
  client_assertion: text,
});
