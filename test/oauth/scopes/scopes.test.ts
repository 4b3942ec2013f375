/** Scopes as words: who may ask for what, and what is left of it. Whole flows are in oauth/token. */
import { describe, expect, test } from 'vitest';
import { narrowerScope } from '../../../lib/oauth/scopes/narrower.ts';
import { grantedScope } from '../../../lib/oauth/scopes/of-client.ts';
import {
  claimsOfScopes,
  isUserScope,
  mayAskClaim,
  SCOPE_CLAIMS,
  USER_SCOPES,
} from '../../../lib/oauth/scopes/of-user.ts';
import { mayAsk } from '../../../lib/verdict/may-ask.ts';

const TEXTS: Readonly<Record<string, string>> = {
  'scope-malformed': 'The scope is malformed.',
  'scope-not-allowed': 'The client may not ask for this scope.',
  'scope-too-long': 'The scope is too long.',
};

describe('a client is granted (RFC 6749 §3.3)', () => {
  test.each<[readonly string[], string | undefined, string | undefined]>([
    [['one', 'two'], undefined, 'one two'],
    [[], undefined, undefined],
    [['one', 'two'], 'two', 'two'],
    [['one', 'two'], 'two one two', 'two one'],
    [['cdr/files:*'], 'cdr/files:r', 'cdr/files:r'],
    [['one', 'cdr:*'], 'one cdr:*', 'one cdr:*'],
    [['!#[]~'], '!#[]~', '!#[]~'],
    [['x'.repeat(1024)], 'x'.repeat(1024), 'x'.repeat(1024)],
    // Words that say nothing to us stand for the power that is registered; those of identity for none.
    [['openid', 'reports', 'cdr:r'], 'reports', 'reports cdr:r'],
    [['openid', 'reports', 'cdr:r'], 'openid reports', 'openid reports cdr:r'],
    [['openid', 'reports', 'cdr:r', 'book:r'], 'reports book:r', 'reports book:r'],
    [['openid', 'reports', 'cdr:r'], 'openid', 'openid'],
  ])('of %j, asked for %j: %j', (allowed, requested, granted) =>
    expect(grantedScope({ scopes: allowed }, requested)).toBe(granted),
  );

  test.each<[string, string, string]>([
    ['one that it does not list', 'three', 'scope-not-allowed'],
    ['one listed and one not', 'one three', 'scope-not-allowed'],
    ['power that it does not list', 'cdr/files:r', 'scope-not-allowed'],
    ['an empty word', 'one  two', 'scope-malformed'],
    ['a blank at the end', 'one ', 'scope-malformed'],
    ['a blank at the start', ' one', 'scope-malformed'],
    ['nothing', '', 'scope-malformed'],
    ['a quote in a word that would narrow', 'one "cdr:r', 'scope-malformed'],
    ['a backslash', 'one\\', 'scope-malformed'],
    ['a control character', 'one\u007f', 'scope-malformed'],
    ['a letter beyond ASCII', 'oné', 'scope-malformed'],
    ['more than 1024 characters', 'x'.repeat(1025), 'scope-too-long'],
  ])('nothing at all, asked for %s', (_case, requested, rule) =>
    expect(() =>
      grantedScope({ scopes: ['one', 'two', 'oné', 'x'.repeat(1025)] }, requested),
    ).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({ code: 'invalid_scope', rule, text: TEXTS[rule] }),
      }),
    ),
  );
});

describe('a client that is given time', () => {
  const given = (scopes: string[], requested: string) =>
    grantedScope({ scopes, impliedAccess: true }, requested);

  test('may ask for any power by its letters where it is registered for none', () =>
    expect(given(['reports'], 'cdr:r')).toBe('cdr:r'));

  test.each([
    [['reports'], 'full_access'],
    [['cdr:r'], 'book:r'],
    [['reports', 'cdr:r'], 'book:r'],
  ])('and for no more than that: registered for %j, not for %s', (scopes, requested) =>
    expect(() => given(scopes, requested)).toThrow(TEXTS['scope-not-allowed']),
  );
});

describe('an access token with less scope (RFC 6749 §6)', () => {
  test.each<[string, string | undefined, string]>([
    ['openid email', undefined, 'openid email'],
    ['openid email', 'email', 'email'],
    ['openid email', 'email email', 'email'],
    ['openid cdr:r book:r', 'openid', 'openid'],
    ['openid cdr:*', 'cdr:r', 'cdr:r'],
    ['openid cdr:r book:r', 'book:r', 'book:r'],
    ['openid cdr:r book:r', 'openid book:r', 'openid book:r'],
  ])('of %j, asked for %j, is for %j', (granted, requested, left) =>
    expect(narrowerScope({ scopes: granted.split(' ') }, granted, requested)).toBe(left),
  );

  test.each([
    ['openid', 'email'],
    ['openid', 'openid email'],
    ['openid email', 'openid  email'],
    ['openid', ''],
    ['', ''],
    ['openid cdr:r', 'cdr:*'],
  ])('of %j is never for %j', (granted, requested) =>
    expect(() => narrowerScope({ scopes: granted.split(' ') }, granted, requested)).toThrow(
      expect.objectContaining({
        said: expect.objectContaining({
          code: 'invalid_scope',
          rule: 'scope-wider-than-granted',
          text: 'The scope is wider than the one granted.',
        }),
      }),
    ),
  );

  test.each<[string[], string, string | undefined, string]>([
    [['openid'], 'openid email', undefined, 'openid'],
    [['openid', 'cdr:r'], 'openid cdr:*', undefined, 'openid cdr:r'],
    [['book:r'], 'openid cdr:r', undefined, 'openid'],
    [['reports'], 'openid news', undefined, 'openid'],
    [['cdr:r'], 'cdr:*', 'cdr:ru', 'cdr:r'],
    [['openid'], 'openid email', 'openid email', 'openid'],
    // Nothing is left: a token of no power, and not one of all.
    [['book:r'], 'cdr:r', undefined, ''],
  ])(
    'is never for more than the client is registered for now: of %j, granted %j, asked %j: %j',
    (scopes, granted, requested, left) =>
      expect(narrowerScope({ scopes }, granted, requested)).toBe(left),
  );

  test.each<[string[], string, string]>([
    [['openid'], 'openid email', 'email'],
    [['book:r'], 'openid cdr:r', 'cdr:r'],
    [['reports'], 'openid news', 'news'],
  ])(
    'is refused where nothing is left of what was asked: of %j, granted %j, asked %j',
    (scopes, granted, requested) =>
      expect(() => narrowerScope({ scopes }, granted, requested)).toThrow(
        expect.objectContaining({
          said: expect.objectContaining({
            code: 'invalid_scope',
            rule: 'scope-not-allowed',
            text: TEXTS['scope-not-allowed'],
          }),
        }),
      ),
  );

  test('of a client that is given time may still be for any power that was granted', () => {
    const old = { scopes: ['openid'], impliedAccess: true };
    expect(narrowerScope(old, 'openid cdr:r', 'cdr:r')).toBe('cdr:r');
    for (const scopes of [['book:r'], ['openid', 'book:r']])
      expect(narrowerScope({ ...old, scopes }, 'book:r cdr:r', undefined)).toBe('book:r');
  });
});

/** @see OpenID Connect Core §5.4, §11 */
const STANDARD = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'] as const;

describe('what a client may ask of a user', () => {
  test('is all, unless its own list names some of it', () => {
    for (const scope of STANDARD) {
      expect(isUserScope(scope)).toBe(true);
      expect(mayAsk([], scope)).toBe(true);
      expect(mayAsk(['reports', 'roles'], scope)).toBe(true);
      expect(mayAsk(['reports', 'openid'], scope)).toBe(scope === 'openid');
    }
    for (const word of ['', 'reports', 'OPENID', 'openid ', 'cdr:r', 'constructor'])
      expect(isUserScope(word)).toBe(false);
  });

  test('C4: is what the user is in the deployment only where its own list names it', () => {
    for (const scope of USER_SCOPES.filter((word) => !STANDARD.some((it) => it === word))) {
      expect(isUserScope(scope)).toBe(true);
      expect(mayAsk([], scope)).toBe(false);
      expect(mayAsk(['openid', 'profile', 'reports'], scope)).toBe(false);
      expect(mayAsk(['reports', scope], scope)).toBe(true);
      expect(mayAskClaim([], scope)).toBe(false);
    }
  });

  test('is a claim by its name only where it may ask for its scope (OpenID Connect Core §5.5)', () => {
    for (const [scope, claims] of Object.entries(SCOPE_CLAIMS))
      for (const claim of claims) {
        expect(mayAskClaim(['openid'], claim)).toBe(false);
        expect(mayAskClaim(['openid', scope], claim)).toBe(true);
        expect(mayAskClaim([], claim)).toBe(STANDARD.some((it) => it === scope));
      }
    expect(mayAskClaim(['openid'], 'acr')).toBe(true);
  });

  test('has the claims of the specification (OpenID Connect Core §5.4)', () =>
    expect(SCOPE_CLAIMS).toEqual({
      profile:
        'name given_name family_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at'.split(
          ' ',
        ),
      email: ['email', 'email_verified'],
      address: ['address'],
      phone: ['phone_number', 'phone_number_verified'],
      roles: ['roles'],
      domain: ['domain'],
    }));

  test.each<[string[], string[]]>([
    [['openid', 'offline_access', 'reports'], []],
    [
      ['phone', 'email', 'openid'],
      ['email', 'email_verified', 'phone_number', 'phone_number_verified'],
    ],
  ])('%j brings the claims %j', (words, claims) =>
    expect(claimsOfScopes(words).toSorted()).toEqual(claims),
  );
});
