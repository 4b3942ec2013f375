/**
 * The hash of a user's password under newer parameters, in the user's item (users.ts). No verdict reads it, so
 * copies (../spread/copies.ts) stay as they are.
 *
 * @module
 */
import { type Table, updateIf } from '../../aws/table.ts';
import { subjectKey } from './subjects.ts';
import type { User } from './users.ts';

/** Replaces the hash only if it is still the one that was verified: a changed password wins. */
export const replacePasswordHash = (directory: Table, user: User, passwordHash: string) =>
  updateIf(directory, subjectKey(user.id), {
    set: {
      expression: 'passwordHash = :next, version = version + :one',
      values: { ':next': passwordHash, ':one': 1 },
    },
    when: {
      expression: 'passwordHash = :verified',
      values: { ':verified': user.passwordHash },
    },
  });
