/** What is told of a user as standard claims: only what is there and well-formed (OpenID Connect Core §5.3.2). */
import { describe, expect, test } from 'vitest';
import { picked, standardClaims } from '../../../lib/oauth/scopes/standard-claims.ts';
import type { User } from '../../../lib/store/directory/users.ts';
import { instant } from '../../../lib/time.ts';
import { userItem } from '../../support/actors/people.ts';

const TEXTS = {
  name: 'Ann Brown',
  given_name: 'Ann',
  family_name: 'Brown',
  middle_name: 'C.',
  nickname: 'annie',
  profile: 'https://example.com/ann',
  picture: 'https://example.com/ann.png',
  website: 'https://ann.example.com',
  gender: 'female',
  zoneinfo: 'Europe/Prague',
  locale: 'cs-CZ',
  phone_number: '+420123456789',
};
const proof = (address: string) => ({ at: instant(1), means: 'test', address });
const claimsOf = (profile: User['profile'], more: Partial<User> = {}) =>
  standardClaims({
    ...userItem({ id: 'u', names: ['u'] }),
    updatedAt: instant(7),
    profile,
    ...more,
  });

test('all that is there is told, under its own name', () => {
  const address = { formatted: 'Street 1', country: 'CZ' };
  const profile = { ...TEXTS, birthdate: '1985-04-12', address };
  const verified = {
    email: proof('a@b.c'),
    phone_number: proof('+420123456789'),
  };
  expect(claimsOf(profile, { username: 'ann', email: 'a@b.c', verified })).toEqual({
    ...profile,
    preferred_username: 'ann',
    updated_at: 7,
    email: 'a@b.c',
    email_verified: true,
    phone_number_verified: true,
  });
});

test.each(Object.keys(TEXTS))('%s is left out where it is empty, blank or "null"', (name) => {
  for (const value of ['', ' ', 'null', undefined])
    expect(claimsOf({ ...TEXTS, [name]: value })).not.toHaveProperty(name);
});

describe('a birthdate', () => {
  test.each([
    '1985',
    '0000-04-12',
    '1985-01-01',
    '1985-09-09',
    '1985-10-10',
    '1985-12-29',
    '1985-11-30',
    '1985-12-31',
    '2000-02-29',
    '2024-02-29',
    '0000-02-29',
    '0099',
    '0099-12-31',
  ])('may be %s (§5.1)', (birthdate) =>
    expect(claimsOf({ birthdate })).toMatchObject({ birthdate }),
  );

  test.each([
    '',
    '198',
    '19855',
    'x1985',
    '1985x',
    '1985-04',
    '1985-04-12T00:00',
    'on 1985-04-12',
    '1985-00-12',
    '1985-13-12',
    '1985-20-12',
    '1985-04-00',
    '1985-04-32',
    '1985-04-40',
    '1985-4-1',
    '85-04-12',
    '12.4.1985',
    'YYYY-04-12',
    '1985-04-1D',
    '1985-02-29',
    '1985-02-30',
    '2024-02-30',
    '1900-02-29',
    '0000-02-30',
    '1985-04-31',
    '0000',
    '1985-04-12\n',
    '١٩٨٥-٠٤-١٢',
  ])('is left out where it is %j', (birthdate) =>
    expect(claimsOf({ birthdate })).not.toHaveProperty('birthdate'),
  );
});

describe('that something was verified (§5.1)', () => {
  test('is said only of what is there', () => {
    const verified = { email: proof('a@b.c'), phone_number: proof('+1') };
    const none = claimsOf({}, { verified });
    expect(none).not.toHaveProperty('email_verified');
    expect(none).not.toHaveProperty('phone_number_verified');
    const blank = claimsOf({ phone_number: ' ' }, { email: 'null', verified });
    expect(blank).not.toHaveProperty('email_verified');
    expect(blank).not.toHaveProperty('phone_number_verified');
  });

  test.each<[string, Partial<User>]>([
    ['nothing was', {}],
    ['a flag says so', { activated: true }],
    ['another address was', { verified: { email: proof('b@b.c'), phone_number: proof('+2') } }],
  ])('is no where %s', (_case, more) =>
    expect(claimsOf({ phone_number: '+1' }, { email: 'a@b.c', ...more })).toMatchObject({
      email_verified: false,
      phone_number_verified: false,
    }),
  );
});

test('an address has no empty parts, and none of it is no address (§5.1.1)', () => {
  expect(claimsOf({ address: { country: 'CZ', region: ' ' } })).toMatchObject({
    address: { country: 'CZ' },
  });
  expect(claimsOf({ address: { country: 'CZ', region: ' ' } })['address']).not.toHaveProperty(
    'region',
  );
  expect(claimsOf({ address: { region: '' } })).not.toHaveProperty('address');
  expect(claimsOf({})).not.toHaveProperty('address');
});

test('of the claims those are picked that are named', () =>
  expect(picked({ a: 1, b: 2, c: 3 }, ['c', 'a', 'd'])).toEqual({ a: 1, c: 3 }));
