/**
 * Who says that a client asks nobody (`consent: never`). It gets what any user of its domain may do,
 * root's too, without a word. So only root makes such a client, or makes one of another, and what it
 * is, its brand included, only root changes: whoever else administers it may switch it off, or delete it.
 *
 * Errors: `insufficient_scope`.
 *
 * @module
 * @see OpenID Connect Core §3.1.2.4 (a client gets nothing without the user's consent)
 */
import { isDeepStrictEqual } from 'node:util';
import { isRootInPerson } from '../../authority/grant.ts';
import { AuthError } from '../../errors.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Caller } from '../../verdict/judge.ts';

export function requireMaySilence(
  caller: Caller,
  { before, after }: { before?: Client; after: Client },
): void {
  if (isRootInPerson(caller) || ![before?.consent, after.consent].includes('never')) return;
  if (before && isAtMostSwitchedOff(before, after)) return;
  throw new AuthError({
    code: 'insufficient_scope',
    rule: 'silent-client-root-only',
    text: 'Only root makes or changes a client that asks nobody.',
    reason: 'consent: never, and not root',
  });
}

const isAtMostSwitchedOff = (before: Client, after: Client): boolean => {
  const { disabled, updatedAt, generation, switched } = before;
  const same = { disabled, updatedAt, generation, ...(switched !== undefined && { switched }) };
  const { switched: _, ...rest } = after;
  return (after.disabled || !disabled) && isDeepStrictEqual({ ...rest, ...same }, before);
};
