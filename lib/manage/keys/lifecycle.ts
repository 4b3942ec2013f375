/**
 * API keys that exist: listed, switched, given a new secret, deleted.
 *
 * "Sign out everywhere" (a raised generation) leaves keys alone: a machine cannot sign in again.
 * Switching off, expiry and deletion stop them, all from the next call on. So does disabling the owner or
 * the domain, for longer than that lasts: whoever enables them again has to switch on each key that is
 * still wanted.
 *
 * Units:  now is epoch seconds, overlap seconds.
 * Errors: `not_found` for a key that is gone, `insufficient_scope` for one that the caller may not
 *         administer or whose owner holds more than the caller, `precondition_failed` when another
 *         change came first, `invalid_request`.
 *
 * @module
 */

import { requireOthersTrust } from '../../authority/own-trust.ts';
import type { Administrator } from '../../authority/reach.ts';
import type { Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { refuse, refuseField } from '../../errors.ts';
import { changedMeanwhile, type Terms, type Trail } from '../../events/trail.ts';
import { readDomain } from '../../store/directory/domains.ts';
import { spreadSubject } from '../../store/directory/subject-spread.ts';
import type { Subject } from '../../store/directory/subjects.ts';
import { readUses, type Use } from '../../store/sessions/last-use.ts';
import type { SessionName, Standing } from '../../store/sessions/sessions.ts';
import {
  asSwitched,
  changeStanding,
  listStanding,
  type Named,
  readStanding,
  restingAs,
} from '../../store/sessions/standing.ts';
import type { Instant, Seconds } from '../../time.ts';
import type { Caller } from '../../verdict/judge.ts';
import { replaced } from '../../verdict/secret.ts';
import {
  API_KEY,
  type CreatedApiKey,
  heldOwnerOf,
  KEY_PREFIX,
  keyTextOf,
  ownerOf,
} from './create.ts';
import { requirePower } from './power.ts';
import { removeStanding } from './remove-standing.ts';
import { traceStanding } from './trace-standing.ts';

/** Without a use for never, or not for a year. */
export type ListedApiKey = Named & Partial<Use> & { owner: Subject };
/** `read`: the version that the caller saw (If-Match); without it the current one. */
export type Precondition = { read?: number | undefined; trail?: Trail | undefined };

/** Long enough to reach every machine that has the old secret. */
const MAX_OVERLAP = 2_592_000;

/** @param page - At most 100; a page may be shorter than its limit and not be the last. */
export async function listApiKeys(
  { directory, sessions }: Tables,
  caller: Caller,
  id: string,
  page: { limit: number; after?: Item | undefined; now: Instant },
): Promise<{ items: ListedApiKey[]; next: Item | undefined }> {
  const owner = await ownerOf(directory, caller, id);
  const resting = restingAs(asSwitched(owner, await readDomain(directory, owner.domain)));
  const of = { owner: id, kind: API_KEY, prefix: KEY_PREFIX, now: page.now } as const;
  const { items, next } = await listStanding(sessions, of, page);
  const uses = await readUses(
    sessions,
    items.map(({ name }) => name.key),
  );
  const seen = items.map((item) => ({ ...resting(item), ...uses.get(item.name.key), owner }));
  return { items: seen, next };
}

/** To switch a key on is to give away what it holds, so the caller must hold that too. */
export async function switchApiKey(
  tables: Tables,
  administrator: Administrator,
  name: SessionName,
  { enabled, now, read, trail }: { enabled: boolean; now: Instant } & Precondition,
): Promise<Named> {
  const { caller } = administrator;
  if (enabled) requireOthersTrust(administrator, 'disabled');
  const { standing, owner } = await administered(tables, caller, name, { now, read });
  if (enabled) await requirePower(tables.directory, caller, owner, standing);
  const switches = enabled
    ? asSwitched(owner, await readDomain(tables.directory, owner.domain))
    : {};
  const change = { disabled: !enabled, ...switches };
  const both = { before: standing, after: { ...standing, ...change } };
  const also = traceStanding({ name, domain: owner.domain, trail }, both);
  const changed = await changeStanding(tables.sessions, { name, standing }, change, also);
  if (!changed) throw changedMeanwhile();
  return { name, standing: changed };
}

/**
 * A new secret in one conditional write, so of two racing rotations one is refused and no text is
 * handed out that does not work.
 *
 * @param overlap - For so long the secret before works too; 0 ends it at once.
 */
export async function rotateApiKey(
  tables: Tables,
  caller: Caller,
  name: SessionName,
  { overlap, now, read, trail }: { overlap: Seconds; now: Instant } & Precondition,
): Promise<CreatedApiKey> {
  if (!Number.isInteger(overlap) || overlap < 0 || overlap > MAX_OVERLAP)
    throw refuseField('overlap', 'overlap-out-of-range', `must be 0 to ${MAX_OVERLAP} seconds`);
  const { standing, owner } = await administered(tables, caller, name, { now, read });
  await requirePower(tables.directory, caller, owner, standing);
  const { text, secret } = keyTextOf(name, owner, standing);
  const secrets = replaced(standing.secrets ?? [], secret, { now, overlap });
  const both = { before: standing, after: { ...standing, secrets } };
  const also = traceStanding({ name, domain: owner.domain, trail }, both);
  const changed = await changeStanding(tables.sessions, { name, standing }, { secrets }, also);
  if (!changed) throw changedMeanwhile();
  return { name, standing: changed, text };
}

/** @returns `false` when it was gone already. */
export async function deleteApiKey(
  { directory, sessions }: Tables,
  caller: Caller,
  name: SessionName,
  { now, ...terms }: { now: Instant } & Terms<Named>,
): Promise<boolean> {
  const { domain } = await heldOwnerOf(directory, caller, name.subject);
  let standing: Standing | undefined;
  const read = async () => {
    standing = await readStanding(sessions, name, API_KEY, now);
    return standing;
  };
  const isRemoved = await removeStanding(sessions, read, { name, domain, ...terms });
  // Its owner needs no copies for it any more.
  if (standing?.spread) await spreadSubject(directory, name.subject, { by: name.key, copies: 1 });
  return isRemoved;
}

/** To be changed by the caller, as it is now. */
export async function administered(
  { directory, sessions }: Tables,
  caller: Caller,
  name: SessionName,
  { now, read }: { now: Instant } & Precondition,
) {
  const owner = await heldOwnerOf(directory, caller, name.subject);
  const standing = await readStanding(sessions, name, API_KEY, now);
  if (!standing) throw refuse('not_found', 'key-unknown', 'There is no such key.');
  if (read !== undefined && read !== standing.version) throw changedMeanwhile();
  return { owner, standing };
}
