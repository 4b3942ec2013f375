/**
 * `AuthError`, the one error whose text reaches a caller; anything else thrown becomes `server_error`.
 * And `Fault`, the one error whose text reaches the log as the cause of such.
 *
 * @module
 * @see RFC 6749 §5.2 (token endpoint codes), §4.1.2.1 (authorization endpoint), RFC 6750 §3.1 (bearer
 *      codes), RFC 9470 §3, RFC 7009 §2.2.1, OpenID Connect Core §3.1.2.6
 */

import type { RuleName } from './rules.ts';

/** HTTP status of each code. A new code is added here and nowhere else. */
const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_token_type: 400,
  invalid_scope: 400,
  access_denied: 403,
  unsupported_response_type: 400,
  login_required: 400,
  account_selection_required: 400,
  consent_required: 400,
  unmet_authentication_requirements: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  registration_not_supported: 400,
  invalid_credentials: 401,
  invalid_api_key: 401,
  invalid_token: 401,
  insufficient_user_authentication: 401,
  insufficient_scope: 403,
  unknown_user: 404,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  content_too_large: 413,
  precondition_required: 428,
  too_many_attempts: 429,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** What is said of a refusal. Nobody takes a text apart: what it is made of stands here. */
type Said = {
  /** The protocol's name of it. */
  code: ErrorCode;
  /** Ours, and finer. Who says it in other words or another language looks them up by it. */
  rule: RuleName;
  /** Tells the caller in English what to change. */
  text: string;
  /** What of the input it is about, in our own name for it. */
  field?: string | undefined;
  /** The field was not ours: it is named as the caller sent it. */
  asSent?: true;
  /** Why it failed, for our log only, where it is not the text. No value that a caller sent. */
  reason?: string | undefined;
  /** Seconds after which the same request may be answered otherwise. */
  retryAfter?: number | undefined;
  /** Seconds since the last sign-in with which the same request may be answered otherwise. */
  maxAge?: number | undefined;
  cause?: unknown;
};

/** A text as our sources have it, in which nothing is known only at run time; `never` for any other. */
export type Fixed<Text extends string> =
  Record<never, never> extends Record<Text, 1> ? never : Text;

/** The text is the reason, too, where both it and the field are the same every time: else they may hold a value. */
type Saying<Text extends string, Field extends string> = Said & {
  text: Text;
  field?: Field | undefined;
} & ([Fixed<Text>] extends [never]
    ? { reason: string }
    : [Fixed<Field>] extends [never]
      ? { reason: string }
      : unknown);

interface Constructor {
  new <Text extends string, Field extends string = 'none'>(said: Saying<Text, Field>): AuthError;
  readonly prototype: AuthError;
}

export type AuthError = Refusal;

/** Its message is the whole sentence, field and text. */
class Refusal extends Error {
  override readonly name = 'AuthError';
  readonly status: number;
  readonly said: Readonly<Said & { reason: string }>;

  constructor(said: Said) {
    super(sentenceOf(said), { cause: said.cause });
    this.status = STATUS[said.code];
    this.said = { ...said, reason: said.reason ?? this.message };
  }
}

export const AuthError: Constructor = Refusal;

/** @param names - What the caller calls our fields, where it is something else. */
export function sentenceOf(
  { field, asSent, text }: Readonly<Said>,
  names: Readonly<Record<string, string>> = {},
): string {
  if (field === undefined) return text;
  return `${(asSent ? undefined : names[field]) ?? field}: ${text}`;
}

/** The one way to refuse a field, in our own name for it. */
export const refuseField = <Field extends string, Text extends string>(
  field: Field & Fixed<Field>,
  rule: RuleName,
  text: Text & Fixed<Text>,
  code: ErrorCode = 'invalid_request',
): AuthError => new Refusal({ code, rule, text, field });

/** The one way to refuse anything else of which there is no more to say. */
export const refuse = <Text extends string>(
  code: ErrorCode,
  rule: RuleName,
  text: Text & Fixed<Text>,
): AuthError => new Refusal({ code, rule, text });

/** A fault that we foresaw. Its text holds no value of a caller's or of a secret: it is logged. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Something we lean on did not answer; the same request may succeed in a moment. */
export const unavailable = (reason: string, cause?: unknown): AuthError =>
  new AuthError({
    code: 'temporarily_unavailable',
    rule: 'service-unavailable',
    text: 'The service is temporarily unavailable. Try again.',
    reason,
    cause,
  });

/** It is too early for another guess at a password. @param retryAfter - Seconds. */
export const tooManyAttempts = (retryAfter: number): AuthError =>
  new AuthError({
    code: 'too_many_attempts',
    rule: 'too-many-attempts',
    text: 'Too many attempts. Try again later.',
    reason: 'too many attempts',
    retryAfter,
  });

/** An error that we did not foresee tells the caller nothing. */
export function toAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  return new AuthError({
    code: 'server_error',
    rule: 'server-fault',
    text: 'The server could not answer.',
    reason: 'unforeseen fault',
    cause: error,
  });
}
