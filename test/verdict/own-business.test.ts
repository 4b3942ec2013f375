/** What is every user's own business, and in which sessions. */
import { describe, expect, test } from 'vitest';
import type { Caller } from '../../lib/verdict/judge.ts';
import { isOwnBusiness } from '../../lib/verdict/own-business.ts';

type Who = Pick<Caller, 'subject' | 'session'>;
const session = { client: 'webitel', subjectGeneration: 1, domainGeneration: 1 };
const who = (subject: object, more: object = {}): Who =>
  ({ subject, session: { ...session, ...more } }) as unknown as Who;
const USER = { kind: 'user', roles: [] };

describe('N9: a user without any role', () => {
  test.each([
    ['admin/sessions', 'r'],
    ['admin/sessions', 'd'],
    ['admin/keys', 'c'],
    ['admin/keys', 'r'],
    ['admin/keys', 'u'],
    ['admin/keys', 'd'],
  ] as const)('may on %s: %s', (resource, action) =>
    expect(isOwnBusiness(who(USER), resource, action)).toBe(true),
  );

  test.each([
    ['admin/sessions', 'c'],
    ['admin/sessions', 'u'],
    ['admin/users', 'r'],
    ['admin/audit', 'r'],
    ['admin/keys/x', 'r'],
    ['cdr', 'r'],
    ['__proto__', 'r'],
    ['constructor', 'r'],
  ] as const)('may not on %s: %s', (resource, action) =>
    expect(isOwnBusiness(who(USER), resource, action)).toBe(false),
  );
});

describe('N9: not in', () => {
  test.each([
    ['a session of some scope', who(USER, { scope: 'openid' })],
    ['S5: a session of an empty scope', who(USER, { scope: '' })],
    ['S5: a grant that names no scope', who(USER, { kind: 'authorization_code' })],
    ['a session narrowed to letters', who(USER, { scope: 'cdr:r' })],
    ['an API key', who(USER, { disabled: false })],
    ['a client', who({ kind: 'client', roles: [] })],
    ['a domain', who({ kind: 'domain', roles: [] })],
  ])('%s', (_case, caller) => expect(isOwnBusiness(caller, 'admin/keys', 'c')).toBe(false));
});
