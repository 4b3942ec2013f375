/**
 * The errors of Secrets Manager that its clients tell apart. All are answered with status 400.
 *
 * @module
 */
export type ErrorCode =
  | 'InternalServiceError'
  | 'InvalidParameterException'
  | 'InvalidRequestException'
  | 'ResourceExistsException'
  | 'ResourceNotFoundException'
  | 'UnknownOperationException'
  | 'UnrecognizedClientException';

export class SecretsError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const invalid = (message: string) => new SecretsError('InvalidParameterException', message);

export const notFound = (what = 'secret.') =>
  new SecretsError('ResourceNotFoundException', `Secrets Manager can't find the specified ${what}`);
