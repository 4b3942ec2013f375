/**
 * Expected ends of a command, each with the exit code that scripts can rely on.
 *
 * @module
 */

/** Done right, but refused, or failed on the way. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly exitCode: number = 1;
}

/** What the service says of a refusal beside the sentence, for programs. */
export type Said = { code?: string; rule?: string; field?: string };

const EXIT_CODES: Readonly<Record<number, number>> = { 404: 5, 403: 6, 409: 7, 412: 7 };

/** Refused by the service: exit code 5 not found, 6 forbidden, 7 conflict, else 1. */
export class Refused extends Failure {
  override readonly name = 'Refused';
  override readonly exitCode: number;
  readonly status: number;
  readonly said: Said;

  constructor(status: number, detail: string, said: Said = {}) {
    super(detail);
    this.status = status;
    this.exitCode = EXIT_CODES[status] ?? 1;
    this.said = said;
  }
}

/** Nothing of that name, as the service would say it. */
export const notFound = (text: string): Refused => new Refused(404, text, { code: 'not_found' });

/** Called wrongly. */
export class Misuse extends Failure {
  override readonly name = 'Misuse';
  override readonly exitCode = 2;
}

/** Nobody is signed in, or no longer. */
export class NotSignedIn extends Failure {
  override readonly name = 'NotSignedIn';
  override readonly exitCode = 3;
}

/** The service does not answer. */
export class Unreachable extends Failure {
  override readonly name = 'Unreachable';
  override readonly exitCode = 4;
}
