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

/** Refused by the service. */
export class Refused extends Failure {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

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
