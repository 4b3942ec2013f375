/**
 * Names of sessions and API keys, in the forms that people meet them in.
 *
 *   WyJ…              the id that `key ls --full` and `session ls --full` show
 *   4b0c1d2e          the beginning of the key below, as the lists show it: of one's own, or of those of
 *                     an owner who is named
 *   lk_…, or the …    the id in an API key's text, up to its second underscore
 *   key-…, a UUID     the key itself: X-Key, `sid`, `caller.key` at a backend, `target` in the audit;
 *                     it says nothing of its owner, who has to be named beside it
 *
 * Errors: Misuse for anything else, before anything is sent, so that no secret is.
 *
 * @module
 */
import { idOf, parseId } from '../../lib/faces/admin/opaque-id.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { idByPrefix, isPrefix } from '../api/short-id.ts';
import { Misuse, notFound, Refused } from './failure.ts';
import { type Named, subjectOf } from './subject.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const RAW = new RegExp(`^(?:key-${UUID}|${UUID}(?:~${UUID})?)$`);
const OF_API_KEY = /^key-/;

export type Kind = { path: string; apiKeys?: boolean; expected: string };
export const A_KEY: Kind = {
  path: 'keys',
  apiKeys: true,
  expected:
    'expected KEY: an id of `key ls`, which needs --user, --client or --domain for keys of others; ' +
    'or lk_… up to its second underscore; or key-… with --user, --client or --domain of its owner',
};
export const A_SESSION: Kind = {
  path: 'sessions',
  apiKeys: false,
  expected:
    'expected SESSION: an id of `session ls --user USER`; or the X-Key of a login with --user or ' +
    '--client of its owner; an API key is no session: key disable',
};
export const A_CREDENTIAL: Kind = {
  path: 'sessions',
  expected:
    'expected --key: an id of `key ls` or `session ls`; or lk_… up to its second underscore; or ' +
    'the X-Key of a login, or key-…, with --user, --client or --domain of its owner',
};

/** @returns The id as the admin API takes it. Whether there is such a thing is not asked. */
export async function credentialId(
  api: AdminApi,
  given: string,
  owner: Named,
  { apiKeys, expected }: Kind,
): Promise<string> {
  const owned = Object.values(owner).some((name) => name !== undefined);
  const short = isPrefix(given) && !RAW.test(given);
  if (owned && !short && !RAW.test(given)) throw new Misuse(expected);
  const subject = await subjectOf(api, owner);
  if (short) return idByPrefix(api, given, amongOf(given, subject, apiKeys));
  const name = subject === undefined ? parseId(given) : { subject, key: given };
  if (!name || (apiKeys !== undefined && OF_API_KEY.test(name.key) !== apiKeys))
    throw new Misuse(expected);
  return idOf(name);
}

const amongOf = (given: string, subject: string | undefined, apiKeys: boolean | undefined) =>
  (apiKeys ?? OF_API_KEY.test(given))
    ? { path: 'keys', noun: 'key', query: { owner: subject } }
    : { path: 'sessions', noun: 'session', query: { subject } };

/** As above, of one that is there: a deletion would not tell. */
export async function existingId(
  api: AdminApi,
  given: string,
  owner: Named,
  kind: Kind,
): Promise<string> {
  const id = await credentialId(api, given, owner, kind);
  await api.get([kind.path, id]).catch((error: unknown) => {
    if (!(error instanceof Refused && error.status === 404)) throw error;
    const noun = kind.path.slice(0, -1);
    throw notFound(
      `there is no ${noun} ${given} within reach: ${noun} ls lists those of an owner who is named`,
    );
  });
  return id;
}
