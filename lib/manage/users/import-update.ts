/**
 * Of what an import says of somebody who is there, what differs: as a change by an administrator
 * (lifecycle.ts). What is not said stays; a member of the profile that is said is the whole of it.
 *
 * Never the username, by which the user is known, nor the domain. A hash takes the place of the password
 * only where that was asked for.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '../../store/directory/profile.ts';
import type { User } from '../../store/directory/users.ts';
import { verifiedNow } from '../../store/directory/verified.ts';
import type { ImportedChange } from './lifecycle.ts';
import type { Newcomer } from './newcomer.ts';

const MEMBERS = ['email', 'activated', 'disabled', 'mustChangePassword', 'plan', 'vendor'] as const;

/**
 * @param wanted - What the newcomer would be saved as.
 * @returns Without members where nothing differs.
 */
export function changeOf(
  owner: User,
  said: Newcomer,
  { wanted, replacePasswords }: { wanted: User; replacePasswords: boolean },
): ImportedChange {
  const members = MEMBERS.filter(
    (name) =>
      said[name] !== undefined && !isDeepStrictEqual(said[name], owner[name] ?? ABSENT[name]),
  );
  const profile = differing(owner.profile, said.profile);
  const verified = newProofs(owner, wanted);
  const isOtherHash =
    wanted.passwordHash !== undefined && wanted.passwordHash !== owner.passwordHash;
  return {
    ...Object.fromEntries(members.map((name) => [name, said[name]])),
    ...(said.roles && !isSameSet(wanted.roles, owner.roles) && { roles: wanted.roles }),
    ...(profile && { profile }),
    ...(verified && { verified }),
    ...(replacePasswords && isOtherHash && { passwordHash: wanted.passwordHash }),
  };
}

/** What stands for nothing. */
const ABSENT: Readonly<Partial<Record<(typeof MEMBERS)[number], unknown>>> = {
  mustChangePassword: false,
};

function differing(before: Profile, said: Profile | undefined): Profile | undefined {
  const found = Object.entries(said ?? {}).filter(
    ([name, value]) => !isDeepStrictEqual(value, before[name as keyof Profile]),
  );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** One that holds already keeps its time and its means. */
function newProofs(owner: User, { verified }: User): User['verified'] {
  const held = verifiedNow(owner);
  const isNew = (name: 'email' | 'phone_number') =>
    verified?.[name] !== undefined && verified[name].address !== held?.[name]?.address;
  if (!isNew('email') && !isNew('phone_number')) return undefined;
  return {
    email: isNew('email') ? verified?.email : held?.email,
    phone_number: isNew('phone_number') ? verified?.phone_number : held?.phone_number,
  };
}

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  new Set(one).symmetricDifference(new Set(other)).size === 0;
