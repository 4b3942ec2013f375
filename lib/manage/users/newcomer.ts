/**
 * A user as an import says it, and as it would be saved: with the hash of the other system as it is stored
 * here, and with proofs where these are believed.
 *
 * Units:  now is epoch milliseconds.
 * Errors: `invalid_request` naming the field.
 *
 * @module
 */
import { refuseField } from '../../errors.ts';
import type { User } from '../../store/directory/users.ts';
import { type EpochMilliseconds, secondOf } from '../../time.ts';
import { type GivenHash, readHash } from '../notations/read.ts';
import { newUser, type Registration } from './register.ts';

export type Newcomer = Omit<Registration, 'password' | 'roles'> & {
  /** What is not said of somebody who is there stays as it is. */
  roles?: string[] | undefined;
  disabled?: boolean | undefined;
  plan?: string | undefined;
  vendor?: string | string[] | undefined;
  verified?: { email?: boolean | undefined; phone_number?: boolean | undefined } | undefined;
  passwordHash?: GivenHash | undefined;
};
export type Trust = { trustVerified: boolean; now: EpochMilliseconds };

export async function userOf(
  { passwordHash, verified, roles = [], disabled = false, ...one }: Newcomer,
  { trustVerified, now }: Trust,
): Promise<User> {
  const user: User = {
    ...newUser({ ...one, roles: [...new Set(roles)] }, now),
    disabled,
    plan: one.plan,
    vendor: one.vendor,
    passwordHash: passwordHash && (await storedHash(passwordHash, one.username)),
  };
  return trustVerified ? { ...user, verified: proofsOf(user, verified, now) } : user;
}

async function storedHash(given: GivenHash, login: string): Promise<string | undefined> {
  const hash = await readHash(given, login);
  if (hash.status === 'unknown')
    throw refuseField('passwordHash', 'password-hash-unknown', 'is of no form that is known');
  if (hash.status === 'too_dear')
    throw refuseField('passwordHash', 'password-hash-too-dear', 'would take too long to check');
  return hash.status === 'ok' ? hash.stored : undefined;
}

function proofsOf(
  { email, profile }: User,
  verified: Newcomer['verified'],
  now: EpochMilliseconds,
): User['verified'] {
  const proof = (address: string | undefined) =>
    address === undefined ? undefined : { at: secondOf(now), means: 'import', address };
  return {
    email: verified?.email ? proof(email) : undefined,
    phone_number: verified?.phone_number ? proof(profile.phone_number) : undefined,
  };
}
