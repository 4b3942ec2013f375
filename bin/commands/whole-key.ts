/**
 * An API key has its secret in its text, so a whole one is refused wherever it stands, and before
 * anything is sent: arguments are seen by every process of the machine and stay in the shell's history.
 *
 * Errors: Misuse, with the id in the key, which is no secret and is all that a command needs.
 *
 * @module
 */
import { parseKeyId } from '../../lib/guard/api-key.ts';
import { Misuse } from './failure.ts';

/** A part of the secret is enough: keys get cut when they are copied. */
const WITH_SECRET = /(lk_[A-Za-z0-9-]{16,1024})_[0-9A-Za-z]/;

export function refuseWholeKey(words: readonly string[]): void {
  const id = words
    .map((word) => WITH_SECRET.exec(word)?.[1])
    .find((found) => found !== undefined && parseKeyId(found));
  if (id === undefined) return;
  throw new Misuse(
    'that is an API key with its secret, which is never an argument (nothing was sent, but the ' +
      `shell's history has it now); its id is enough:\n${id}`,
  );
}
