/**
 * Who sessions and keys belong to: a user, a client or a domain. Which of them is said, not guessed:
 * a user and a client may have the same name.
 *
 * @module
 */
import type { AdminApi } from '../api/admin-api.ts';
import { Misuse } from './failure.ts';
import { findUser } from './user.ts';

export const SUBJECT = {
  user: { type: 'string' },
  client: { type: 'string' },
} as const;
export const OWNER = { ...SUBJECT, domain: { type: 'string' } } as const;
export const OWNER_USAGE = '[--user USER | --client CLIENT | --domain DOMAIN]';

export type Named = {
  user?: string | undefined;
  client?: string | undefined;
  domain?: string | undefined;
};

/** @returns The subject's id; `undefined`: the administrator. */
export async function subjectOf(
  api: AdminApi,
  { user, client, domain }: Named,
): Promise<string | undefined> {
  if ([user, client, domain].filter((name) => name !== undefined).length > 1)
    throw new Misuse('--user, --client and --domain exclude each other');
  if (user !== undefined) return findUser(api, user);
  return client ?? (domain === undefined ? undefined : `domain#${domain}`);
}
