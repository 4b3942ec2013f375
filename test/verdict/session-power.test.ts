/** What a session’s scope lets be done: its grant, its token and its client’s registration, all three. */
import { describe, expect, test } from 'vitest';
import type { Subject } from '../../lib/store/directory/subjects.ts';
import type { Session } from '../../lib/store/sessions/sessions.ts';
import { EVERYTHING } from '../../lib/verdict/power.ts';
import { powerIn } from '../../lib/verdict/session-power.ts';

type Given = { session?: string; token?: string; client?: string[]; implied?: boolean };
const power = ({ session, token, client, implied }: Given, kind = 'authorization_code') =>
  powerIn(
    implied === undefined ? {} : { impliedAccess: implied },
    { kind, ...(session !== undefined && { scope: session }) } as unknown as Session,
    { token, client: (client ? { scopes: client } : {}) as unknown as Subject },
  );
const NO_SCOPE = 'the token has no scope of an API';
const NOT_REGISTERED = 'the client is registered for no scope of an API';

test('a session that no grant opened is not bounded, whatever its client', () => {
  expect(power({}, 'webitel')).toBe(EVERYTHING);
  expect(power({ client: ['cdr:r'], implied: true }, 'api-key')).toBe(EVERYTHING);
});

describe('of a grant it is what all of them name', () => {
  test.each<[string, Given, [cdr: string, book: string]]>([
    ['the grant', { session: 'cdr:r', client: ['cdr:r', 'book:r'] }, ['all', 'none']],
    [
      'the token',
      { session: 'cdr:r book:r', token: 'book:r', client: ['cdr:r', 'book:r'] },
      ['none', 'all'],
    ],
    ['the client', { session: 'cdr:r book:r', client: ['book:ro'] }, ['none', 'own']],
    [
      'the grant, of a token that says more',
      { session: 'cdr:r', token: 'cdr:r book:r', client: ['full_access'] },
      ['all', 'none'],
    ],
  ])('%s', (_bound, given, extents) => {
    const { on, whole, lack } = power(given);
    expect([on('cdr', 'r'), on('book', 'r')]).toEqual(extents);
    expect({ whole, lack }).toEqual({ whole: false, lack: undefined });
  });

  test('all of it, where all of them do', () => {
    const { on, whole } = power({ session: 'full_access', client: ['full_access'] });
    expect([on('cdr', 'd'), on('admin/users', 'r'), whole]).toEqual(['all', 'none', true]);
  });

  test.each<[string, Given, string]>([
    [
      'a token that tells who somebody is',
      { session: 'cdr:r', token: 'openid', client: ['cdr:r'] },
      NO_SCOPE,
    ],
    ['a grant of no scope', { client: ['cdr:r'] }, NO_SCOPE],
    [
      'a client that is registered for none',
      { session: 'cdr:r', client: ['openid'] },
      NOT_REGISTERED,
    ],
    ['a client without a list', { session: 'cdr:r' }, NOT_REGISTERED],
  ])('nothing of %s, and it is said why', (_case, given, lack) => {
    const none = power(given);
    expect([none.on('cdr', 'r'), none.whole, none.lack]).toEqual(['none', false, lack]);
  });
});

describe('where clients that name no power are given time', () => {
  test.each<[string, Given, [extent: string, whole: boolean]]>([
    ['all is implied', { session: 'openid' }, ['all', true]],
    ['all is implied without a scope', {}, ['all', true]],
    ['what is named is all of it', { session: 'openid book:r' }, ['none', false]],
    ['what the token names is', { session: 'openid', token: 'openid book:r' }, ['none', false]],
    [
      'nothing is implied of a client that names some',
      { session: 'openid', client: ['cdr:r'] },
      ['none', false],
    ],
    [
      'nor of one that names other words besides',
      { session: 'openid', client: ['openid', 'cdr:r'] },
      ['none', false],
    ],
  ])('%s', (_case, given, expected) => {
    const { on, whole } = power({ client: ['openid'], ...given, implied: true });
    expect([on('cdr', 'r'), whole]).toEqual(expected);
  });

  test('a client without a list is one of them', () =>
    expect(power({ session: 'openid', implied: true }).on('cdr', 'r')).toBe('all'));
});
