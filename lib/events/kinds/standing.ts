/**
 * What is told of API keys and domain tokens, in the order of their owner's other events. Never a secret or
 * its hash.
 *
 * @module
 */
import * as v from 'valibot';
import { type SessionName, type Standing, StandingItem } from '../../store/sessions/sessions.ts';
import { type Change, changesOf, type Kind } from './change.ts';
import { type Happened, subjectOf } from './happened.ts';

export const ShownStanding = v.strictObject({
  /** Whose it is: the id of a user, a client, or a domain as a subject. */
  owner: v.optional(v.string()),
  /** How many copies (store/spread). */
  spread: v.optional(v.number()),
  ...v.partial(
    v.pick(StandingItem, [
      'kind',
      'client',
      'name',
      'scope',
      'roles',
      'acl',
      'disabled',
      'createdBy',
      'creator',
      'issuedAt',
      'expiresAt',
    ]),
  ).entries,
});

type Owned = Omit<Standing, 'spread'> & { owner: string; spread: number | undefined };

/** @param domain - The owner's. */
export function changesOfStanding(
  { name, domain }: { name: SessionName; domain: string },
  { before, after }: Change<Standing>,
): Happened[] {
  const owned = (standing: Standing | undefined) =>
    standing && { owner: name.subject, ...standing, spread: standing.spread?.copies };
  // One that rested, because its owner or the domain was switched, was as good as disabled.
  const rested =
    before &&
    after &&
    (before.ownerSwitched !== after.ownerSwitched ||
      before.domainSwitched !== after.domainSwitched);
  const old = rested ? { ...before, disabled: true } : before;
  const place = () => ({ domain, subject: subjectOf(name.subject), target: name.key });
  const kind = (after ?? before)?.kind === 'api-key' ? KEY : DOMAIN_TOKEN;
  return changesOf<Owned>({ ...kind, place }, { before: owned(old), after: owned(after) });
}

const KEY: Omit<Kind<Owned>, 'place'> = {
  noun: 'key',
  shown: ShownStanding,
  switched: { off: 'key.disabled', on: 'key.enabled' },
  secrets: { type: 'key.secret-changed', members: { secrets: 'secret' } },
};
const DOMAIN_TOKEN: Omit<Kind<Owned>, 'place'> = {
  noun: 'domain-token',
  shown: ShownStanding,
  switched: { off: 'domain-token.disabled', on: 'domain-token.enabled' },
};
