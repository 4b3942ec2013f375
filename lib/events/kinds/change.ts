/**
 * What an administrator's change comes to: a thing was made, deleted, switched off or on, had a secret
 * replaced, or was changed in something else. Several at once are several events, so that whoever waits for
 * one of them finds it.
 *
 * What is shown of a thing is a list, the members of a schema: what is new is not shown until somebody adds it.
 *
 * @module
 */
import type * as v from 'valibot';
import type { EventType } from '../../store/events/types.ts';
import type { Happened } from './happened.ts';

type Noun = 'user' | 'client' | 'key' | 'domain-token' | 'role' | 'resource' | 'domain';
/** Its members, none of which has to be there: an event that is too large loses some. */
export type Shown = v.StrictObjectSchema<v.ObjectEntries, undefined>;

export type Kind<T extends object> = {
  noun: Noun;
  shown: Shown;
  /** Where it is, and whom it is about. */
  place: (thing: T) => Pick<Happened, 'domain' | 'subject' | 'target'>;
  /** Of what can be switched off. */
  switched?: { off: EventType; on: EventType };
  /** Never shown; what each is called where it was replaced. */
  secrets?: { type: EventType; members: Readonly<Record<string, string>> };
};

export type Change<T> = { before?: T | undefined; after?: T | undefined };
type Members = Record<string, unknown>;

export function changesOf<T extends object>(kind: Kind<T>, change: Change<T>): Happened[] {
  const { before, after } = change;
  const place = before ?? after;
  if (!place) return [];
  const at = kind.place(after ?? place);
  const told = {
    ...at,
    ...(before && { before: shownOf(kind.shown, before) }),
    ...(after && { after: shownOf(kind.shown, after) }),
  };
  if (!before) return [{ ...told, type: `${kind.noun}.created` }];
  if (!after) return [{ ...told, type: `${kind.noun}.deleted` }];
  const special = [...switchOf(kind, before, after), ...renewalOf(kind, before, after)];
  const events = special.map((one) => ({ ...told, ...one }));
  const isMore = special.length === 0 || isOther(told.before, told.after);
  return isMore ? [...events, { ...told, type: `${kind.noun}.changed` }] : events;
}

export const shownOf = (shown: Shown, thing: object): Members =>
  Object.fromEntries(
    Object.entries(thing).filter(
      ([name, value]) => value !== undefined && Object.hasOwn(shown.entries, name),
    ),
  );

type Special = Pick<Happened, 'type' | 'renewed'>;

function switchOf<T extends object>({ switched }: Kind<T>, before: T, after: T): Special[] {
  const [was, is] = [before, after].map((one) => (one as Members)['disabled']);
  if (!switched || was === is) return [];
  return [{ type: is ? switched.off : switched.on }];
}

function renewalOf<T extends object>({ secrets }: Kind<T>, before: T, after: T): Special[] {
  const renewed = renewedOf(secrets?.members ?? {}, before, after);
  return secrets && renewed.length > 0 ? [{ type: secrets.type, renewed }] : [];
}

export const renewedOf = (
  secrets: Readonly<Record<string, string>>,
  before: object,
  after: object,
): string[] =>
  Object.entries(secrets).flatMap(([name, called]) =>
    isSame((before as Members)[name], (after as Members)[name]) ? [] : [called],
  );

/** In something that no event of its own tells. */
const isOther = (before: Members | undefined, after: Members | undefined): boolean =>
  !isSame({ ...before, disabled: undefined }, { ...after, disabled: undefined });

/** Whatever the order of their members. */
export const isSame = (one: unknown, other: unknown): boolean => ordered(one) === ordered(other);

const ordered = (value: unknown): string | undefined =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
