/** Done right, but refused: exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Called wrongly: exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}
