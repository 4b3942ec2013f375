/** RFC 9470 §3: what is grave is done by a person who has signed in within ten minutes. */
import { expect, test } from 'vitest';
import { isTooOld, requireFreshSignIn } from '../../lib/authority/fresh-sign-in.ts';
import { seconds } from '../../lib/time.ts';

const told = (sinceSignIn: number | undefined) => {
  try {
    requireFreshSignIn({
      sinceSignIn: sinceSignIn === undefined ? undefined : seconds(sinceSignIn),
    });
  } catch (error) {
    return (error as { said: unknown }).said;
  }
  return 'fresh';
};

test.each([0, 599, 600])('a sign-in of %i seconds ago is fresh', (ago) => {
  expect(told(ago)).toBe('fresh');
  expect(isTooOld({ sinceSignIn: seconds(ago) })).toBe(false);
});

test('one of longer ago is not, and it is said how old it may be', () => {
  expect(told(601)).toMatchObject({
    code: 'insufficient_user_authentication',
    rule: 'sign-in-too-old',
    text: 'This needs a sign-in of the last ten minutes.',
    maxAge: 600,
  });
  expect(isTooOld({ sinceSignIn: seconds(601) })).toBe(true);
});

test('where no person has signed in none would help', () => {
  expect(told(undefined)).toMatchObject({
    code: 'insufficient_scope',
    rule: 'person-only',
    text: 'Only a person who has just signed in may do this.',
  });
  expect(isTooOld({ sinceSignIn: undefined })).toBe(false);
});
