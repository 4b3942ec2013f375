/**
 * All that is kept of a person, for the person to take along: the account, sessions, consents, API keys and
 * what happened. No secret and no hash of one is in it, and nothing that is another's.
 *
 * Shape:  { exportedAt, account, sessions, consents, keys, activity, isComplete }; of what happened the newest
 *         5000. `isComplete`: there was no more.
 * Units:  times are epoch seconds.
 * Errors: `invalid_token` for a person who is gone.
 *
 * @module
 * @see Regulation (EU) 2016/679, articles 15 and 20
 */
import type { Item, Table } from '../aws/table.ts';
import type { Tables } from '../aws/tables.ts';
import { type ListedApiKey, listApiKeys } from '../manage/keys/lifecycle.ts';
import { type Listed, pageOfSessions } from '../manage/sessions/list.ts';
import { pageOfConsents, type Shown } from '../manage/users/consents.ts';
import { findUser } from '../manage/users/lifecycle.ts';
import { readTitles } from '../store/directory/resource-titles.ts';
import type { User } from '../store/directory/users.ts';
import type { Instant } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';
import { type Act, pageOfActivity } from './activity.ts';
import { own } from './own.ts';

const PAGE = 100;
/** What one answer holds: a Lambda function returns six megabytes. */
const MOST_ACTS = 5000;
const MOST = 1000;

type Page<T, P> = { items: readonly T[]; next: P | undefined };

/** Page after page, until so many are there. */
async function all<T, P>(
  read: (after: P | undefined) => Promise<Page<T, P>>,
  most = MOST,
): Promise<{ items: T[]; isAll: boolean }> {
  const items: T[] = [];
  let after: P | undefined;
  do {
    const page = await read(after);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined && items.length < most);
  return { items, isAll: after === undefined };
}

type Asking = { caller: Caller; now: Instant };

export const ownSessions = async (tables: Tables, { caller, now }: Asking): Promise<Listed[]> => {
  const { id } = caller.subject;
  const page = (after: Item | undefined) =>
    pageOfSessions(tables, own(caller), id, { limit: PAGE, after, now });
  return (await all(page)).items;
};

export const ownConsents = async (tables: Tables, { caller, now }: Asking): Promise<Shown[]> => {
  const { id } = caller.subject;
  const page = (after: Item | undefined) =>
    pageOfConsents(tables, own(caller), id, { limit: PAGE, after, now });
  return (await all(page)).items;
};

export const ownKeys = async (tables: Tables, { caller, now }: Asking): Promise<ListedApiKey[]> => {
  const { id } = caller.subject;
  const page = (after: Item | undefined) =>
    listApiKeys(tables, caller, id, { limit: PAGE, after, now });
  return (await all(page)).items;
};

/** What people are told of the resources that an agreement names. */
export const titles = ({ directory }: Tables) => readTitles(directory);

export type OwnData = {
  exportedAt: Instant;
  account: object;
  sessions: object[];
  consents: object[];
  keys: object[];
  activity: Act[];
  isComplete: boolean;
};

export async function ownData(
  tables: Tables & { events: Table },
  asking: Asking,
): Promise<OwnData> {
  const { caller, now } = asking;
  const user = await findUser(tables.directory, own(caller), caller.subject.id);
  const [sessions, consents, keys, activity] = await Promise.all([
    ownSessions(tables, asking),
    ownConsents(tables, asking),
    ownKeys(tables, asking),
    all<Act, string>(
      (after) => pageOfActivity(tables.events, caller, { limit: PAGE, after, now }),
      MOST_ACTS,
    ),
  ]);
  return {
    exportedAt: now,
    account: accountOf(user),
    sessions: sessions.map(sessionOf),
    consents,
    keys: keys.map(keyOf),
    activity: activity.items,
    isComplete: activity.isAll,
  };
}

/** A list, so that what is new is not told until somebody adds it. */
const accountOf = (user: User): object => ({
  id: user.id,
  username: user.username,
  email: user.email,
  verified: user.verified,
  domain: user.domain,
  roles: user.roles,
  activated: user.activated,
  profile: user.profile,
  plan: user.plan,
  vendor: user.vendor,
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
});

const sessionOf = ({
  kind,
  client,
  scope,
  issuedAt,
  expiresAt,
  ip,
  userAgent,
}: Listed): object => ({
  kind,
  client,
  scope,
  issuedAt,
  expiresAt,
  ip,
  userAgent,
});

const keyOf = ({ name, standing, lastUsed }: ListedApiKey): object => {
  const { roles, acl, disabled, issuedAt, expiresAt } = standing;
  return { id: name.key, name: standing.name, roles, acl, disabled, issuedAt, expiresAt, lastUsed };
};
