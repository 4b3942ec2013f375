/**
 * `AuthError`, the one error whose text reaches a caller; anything else thrown becomes `server_error`.
 * And `Fault`, the one error whose text reaches the log as the cause of such.
 *
 * @module
 * @see RFC 6749 §5.2 (token endpoint codes), §4.1.2.1 (authorization endpoint), RFC 6750 §3.1 (bearer
 *      codes), RFC 7009 §2.2.1, OpenID Connect Core §3.1.2.6
 */

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
  consent_required: 400,
  unmet_authentication_requirements: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  registration_not_supported: 400,
  invalid_credentials: 401,
  invalid_api_key: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  unknown_user: 404,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  precondition_required: 428,
  too_many_attempts: 429,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** A text as our sources have it, in which nothing is known only at run time; `never` for any other. */
export type Fixed<Text extends string> =
  Record<never, never> extends Record<Text, 1> ? never : Text;
type More = [cause?: unknown, retryAfter?: number];

/** The description is the reason, too, where it is the same every time: else it may hold a value. */
interface Constructor {
  new <Text extends string>(
    code: ErrorCode,
    description: Text,
    ...rest: [Fixed<Text>] extends [never] ? [reason: string, ...More] : [reason?: string, ...More]
  ): AuthError;
  readonly prototype: AuthError;
}

export type AuthError = Refusal;

class Refusal extends Error {
  override readonly name = 'AuthError';
  readonly code: ErrorCode;
  readonly status: number;
  /** Why it failed, for our log only. No value that a caller sent. */
  readonly reason: string;
  /** Seconds after which the same request may be answered otherwise. */
  readonly retryAfter: number | undefined;

  /** @param description - Sent to the caller; tells what to change. */
  constructor(
    code: ErrorCode,
    description: string,
    reason = description,
    cause?: unknown,
    retryAfter?: number,
  ) {
    super(description, { cause });
    this.code = code;
    this.status = STATUS[code];
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

export const AuthError: Constructor = Refusal;

/** A fault that we foresaw. Its text holds no value of a caller's or of a secret: it is logged. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** @param description - Is the reason, too: nothing in it is known only at run time. */
export const invalidRequest = <Text extends string>(description: Text & Fixed<Text>): AuthError =>
  new AuthError('invalid_request', description, description);

/** The same of one field of the input. */
export const invalidField = <Field extends string, Text extends string>(
  field: Field & Fixed<Field>,
  problem: Text & Fixed<Text>,
): AuthError => new AuthError('invalid_request', `${field}: ${problem}`, `${field}: ${problem}`);

/** Something we lean on did not answer; the same request may succeed in a moment. */
export function unavailable(reason: string, cause?: unknown): AuthError {
  return new AuthError(
    'temporarily_unavailable',
    'The service is temporarily unavailable. Try again.',
    reason,
    cause,
  );
}

/** It is too early for another guess at a password. @param wait - Seconds. */
export const tooManyAttempts = (wait: number): AuthError =>
  new AuthError(
    'too_many_attempts',
    'Too many attempts. Try again later.',
    'too many attempts',
    undefined,
    wait,
  );

/** An error that we did not foresee tells the caller nothing. */
export function toAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  return new AuthError('server_error', 'The server could not answer.', 'unforeseen fault', error);
}
