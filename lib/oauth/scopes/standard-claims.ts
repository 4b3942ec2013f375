/**
 * What a user is, as standard claims. Only what is there and well-formed: an empty or broken value is
 * left out, since a client would take it for the truth.
 *
 * Units: updated_at is epoch seconds.
 *
 * @module
 * @see OpenID Connect Core §5.1 (the claims and their types), §5.1.1 (address), §5.3.2 (what has no
 *      value is omitted)
 */
import { isBirthdate } from '../../store/directory/profile.ts';
import type { User } from '../../store/directory/users.ts';
import { verifiedNow } from '../../store/directory/verified.ts';

/** The members of an address. */
export { ADDRESS } from '../../store/directory/profile.ts';

export type StandardClaims = Readonly<Record<string, unknown>>;

const STRINGS = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'profile',
  'picture',
  'website',
  'gender',
  'zoneinfo',
  'locale',
  'phone_number',
] as const;

export function standardClaims(user: User) {
  const { username, email, profile, updatedAt } = user;
  const verified = verifiedNow(user);
  const claims: StandardClaims = {
    ...Object.fromEntries(STRINGS.map((name) => [name, profile[name]])),
    preferred_username: username,
    birthdate: isBirthdate(profile.birthdate ?? '') ? profile.birthdate : undefined,
    updated_at: updatedAt,
    email,
    email_verified: isText(email) ? verified?.email !== undefined : undefined,
    phone_number_verified: isText(profile.phone_number)
      ? verified?.phone_number !== undefined
      : undefined,
    address: addressOf(profile.address),
  };
  return present(claims);
}

/** Those named, as far as they are there. */
export const picked = (claims: StandardClaims, names: readonly string[]): StandardClaims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)));

function addressOf(address: User['profile']['address'] = {}): StandardClaims | undefined {
  const parts = present(address);
  return Object.keys(parts).length > 0 ? parts : undefined;
}

const present = (claims: StandardClaims): StandardClaims =>
  Object.fromEntries(
    Object.entries(claims).filter(([, value]) =>
      typeof value === 'string' ? isText(value) : value !== undefined,
    ),
  );

/** Clients written in some languages print a missing value as "null". */
const isText = (value: string | undefined): boolean =>
  value !== undefined && value.trim() !== '' && value !== 'null';
