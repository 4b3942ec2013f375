/**
 * How a session stands right now: everything that a verdict depends on.
 *
 * Each try is one strongly consistent request for the caller's own items, and with them for the manifest,
 * which names the content that all share (store/named): what is named is immutable, so it does not matter
 * when it was read, and an instance remembers it. Where nothing is named, what all share is read with them,
 * item by item (shared.ts).
 *
 * Of a caller with a spread a copy is read in place of each of its own items (store/spread); where one does not
 * count, the items themselves are.
 *
 * What a try finds out to be missing is read by the next one, together with the caller's own items and the
 * manifest, again: a verdict rests on the reads of one request.
 *
 * @module
 * @see docs/adr/0041-named-content.md
 */

import { parseItem } from '../../aws/item.ts';
import { batchGet, type Item } from '../../aws/table.ts';
import type { Remember, Tables, Wanted } from '../../aws/tables.ts';
import { Fault } from '../../errors.ts';
import { KEYS, keysIn } from '../directory/public-keys.ts';
import { type Subject, SubjectItem, subjectKey } from '../directory/subjects.ts';
import { holding, type Known, memoryOf } from '../named/memory.ts';
import type { Patterns } from '../named/pieces.ts';
import {
  parentOf,
  type Session,
  SessionItem,
  type SessionName,
  sessionKey,
} from '../sessions/sessions.ts';
import { isSettled, somePlaces } from '../spread/places.ts';
import type { Needed } from './named.ts';
import { type Membership, type Missing, type Shared, sharedIn, sharedKeys } from './shared.ts';

/** What a token says of its subject; only good enough to know what to read. */
export type Hints = {
  domain: string;
  roles: readonly string[];
  /** To whom a user may have given it. */
  client?: string | undefined;
};
export type Proof = {
  session: Session | undefined;
  /** The session within which it was opened; itself, where that is none. */
  parent: Session | undefined;
  subject: Subject | undefined;
};
type Circumstances = {
  /** The registry, as far as it is needed; together they are as if it were whole. */
  registry: readonly Patterns[];
  membership: Membership;
  /** As the hints have it; the subject, where they name none. */
  client: Subject | undefined;
};
export type Standing = Proof & { circumstances: Circumstances | undefined };

/**
 * What is needed is known after the first, and read by the second; the domain's manifest, where the hints
 * were wrong, and an edit in between cost one each.
 */
const TRIES = 4;

/** What a try has read; of one that went ahead of the proof. */
export type Ahead = { proof: Proof; client: Subject | undefined; shared: Shared };

/**
 * With the published keys, for a token that has yet to be checked with them: so the first call of an instance
 * is one request. At most six items, whatever the token says.
 */
export async function readAhead(
  tables: Tables,
  { name, hints }: { name: SessionName; hints: Hints },
): Promise<{ keys: unknown; ahead: Ahead | undefined }> {
  const missing = { ...hints, names: [], byItself: false, isAhead: true };
  const known = memoryOf(tables.directory);
  const asked = { name, hints, missing, known, places: themselves };
  const [ahead, item] = await readTogether(tables, asked, [{ table: tables.directory, key: KEYS }]);
  return { keys: keysIn(item), ahead };
}

/**
 * @param ahead - Of the same claim.
 * @param needs - `undefined` where what was read proves nothing, so that nothing more is read.
 * @throws Fault where edits follow each other so fast that it cannot be settled.
 */
export async function readStanding(
  tables: Tables,
  { name, hints }: { name: SessionName; hints: Hints },
  needs: (proof: Proof) => Needed | undefined,
  ahead?: Ahead,
): Promise<Standing> {
  const known = holding(memoryOf(tables.directory));
  let missing: Missing = { ...hints, names: [], byItself: false };
  let places: Asked['places'] = somePlaces;
  for (let tries = 0; tries < TRIES; tries++) {
    const asked = { name, hints, missing, known, places };
    const read = (tries === 0 && ahead) || (await readTogether(tables, asked))[0];
    if (!read) {
      places = themselves;
      missing = { ...missing, names: [] };
      continue;
    }
    const { proof, client, shared } = read;
    const needed = needs(proof);
    if (!needed) return { ...proof, circumstances: undefined };
    const found = sharedIn(tables.directory, shared, needed, known);
    if (found.status === 'found') {
      const { registry, membership } = found;
      return { ...proof, circumstances: { registry, membership, client } };
    }
    missing = found;
  }
  throw new Fault('what is in force changes too fast to be read');
}

type Asked = {
  name: SessionName;
  hints: Hints;
  missing: Missing;
  known: Known;
  /** Where what is the caller's own is read. */
  places: (own: readonly Wanted[]) => readonly Wanted[];
};
const themselves: Asked['places'] = (own) => own;

/** @returns `undefined` where a copy does not count, and with it whatever else was wanted. */
async function readTogether(
  { directory, sessions, remember }: Tables,
  { name, hints, missing, known, places: placesOf }: Asked,
  also: readonly Wanted[] = [],
): Promise<[Ahead | undefined, Item | undefined]> {
  const own: Wanted[] = [
    ...proofKeys({ directory, sessions }, name),
    { table: directory, key: subjectKey(hints.client ?? name.subject) },
  ];
  const more = sharedKeys(directory, missing, known);
  const places = placesOf(own);
  const items = await readItems([...places, ...more.wanted, ...also], remember);
  const [item, above, owner, actor, ...others] = items;
  const beside = also.length > 0 ? others.pop() : undefined;
  const shared = more.read(others);
  const since = shared.status === 'named' ? shared.manifest.since : undefined;
  if (!isSettled({ wanted: own, places }, items, since)) return [undefined, beside];
  const proof = proofOf([item, above, owner]);
  const client = actor === owner ? proof.subject : actor && parseItem(SubjectItem, actor);
  return [{ proof, client, shared }, beside];
}

/**
 * What proves a credential, and no more: whoever has invented one chooses its hints, and each role named
 * there would be a read of ours.
 */
export async function readProof(
  { directory, sessions, remember }: Tables,
  name: SessionName,
): Promise<Proof> {
  return proofOf(await readItems(proofKeys({ directory, sessions }, name), remember));
}

const proofKeys = (
  { directory, sessions }: Pick<Tables, 'directory' | 'sessions'>,
  name: SessionName,
): Wanted[] => [
  { table: sessions, key: sessionKey(name) },
  { table: sessions, key: sessionKey(parentOf(name)) },
  { table: directory, key: subjectKey(name.subject) },
];

function proofOf([item, above, owner]: readonly (Item | undefined)[]): Proof {
  const session = item && parseItem(SessionItem, item);
  return {
    session,
    parent: above === item ? session : above && parseItem(SessionItem, above),
    subject: owner && parseItem(SubjectItem, owner),
  };
}

/** The client of a grant whose token did not name it. */
export async function readActor(
  { directory, remember }: Pick<Tables, 'directory' | 'remember'>,
  id: string,
): Promise<Subject | undefined> {
  const [item] = await readItems([{ table: directory, key: subjectKey(id) }], remember);
  return item && parseItem(SubjectItem, item);
}

const readItems = (
  wanted: readonly Wanted[],
  remember?: Remember,
): Promise<(Item | undefined)[]> => (remember ? remember(wanted, batchGet) : batchGet(wanted));
