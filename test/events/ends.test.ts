/** Which events may have ended somebody's sign-ins, and of whom. */
import { describe, expect, test } from 'vitest';
import { endingsOf } from '../../lib/events/ends.ts';
import type { Event } from '../../lib/store/events/event.ts';
import { EVENT_TYPE_NAMES, type EventType } from '../../lib/store/events/types.ts';
import { instant } from '../../lib/time.ts';

const event = (type: EventType, more: Partial<Event> = {}): Event => ({
  id: 'x',
  at: instant(0),
  type,
  v: 1,
  domain: 'mydomain.com',
  subject: 'x',
  collection: 'users',
  target: 'x',
  actor: { kind: 'nobody' },
  ...more,
});
const gone = { detail: { client: 'shop', sid: 's' } };
const NAMED = { client: 'shop', subject: 'x', sid: 's' };

describe('an end', () => {
  test.each<[EventType, Partial<Event>, object[]]>([
    ['session.signed-out', { detail: { sid: 's' } }, [{ subject: 'x' }]],
    ['session.ended', { detail: { why: 'replaced', ...gone.detail } }, [{ subject: 'x' }]],
    [
      'session.ended',
      { detail: { why: 'administrator', ...gone.detail } },
      [NAMED, { subject: 'x' }],
    ],
    [
      'session.ended',
      { detail: { why: 'administrator', client: 'latchkey', sid: 's' } },
      [{ subject: 'x' }],
    ],
    ['session.reused', gone, [NAMED, { subject: 'x' }]],
    ['consent.withdrawn', { detail: { client: 'shop' } }, [{ subject: 'x' }]],
    ['user.changed', { renewed: ['password'] }, [{ subject: 'x' }]],
    ['user.disabled', {}, [{ subject: 'x' }]],
    ['user.deleted', {}, [{ subject: 'x' }]],
    ['user.password-changed', {}, [{ subject: 'x' }]],
    ['user.signed-out', {}, [{ subject: 'x' }]],
    ['client.disabled', {}, [{ client: 'x' }]],
    ['client.secret-changed', {}, [{ client: 'x' }]],
    ['client.signed-out', {}, [{ client: 'x' }]],
    ['client.changed', { before: { jwksUri: 'a' }, after: { jwksUri: 'b' } }, [{ client: 'x' }]],
    [
      'client.changed',
      { before: { grants: ['a', 'b'] }, after: { grants: ['b'] } },
      [{ client: 'x' }],
    ],
    [
      'client.changed',
      { before: { domains: ['a', 'b'] }, after: { domains: ['b'] } },
      [{ client: 'x', domains: ['a'] }],
    ],
    [
      'client.changed',
      { before: { domains: ['*'] }, after: { domains: ['b'] } },
      [{ client: 'x', domains: ['*'] }],
    ],
    [
      'client.changed',
      { before: {}, after: { domains: ['b'] } },
      [{ client: 'x', domains: ['mydomain.com'] }],
    ],
    ['domain.disabled', {}, [{ domain: 'x' }]],
    ['domain.signed-out', {}, [{ domain: 'x' }]],
  ])('by %s %j', (type, more, endings) => {
    expect(endingsOf(event(type, more))).toEqual(endings);
  });
});

describe('no end', () => {
  test('where a client gives up by itself what it was given (RFC 7009)', () => {
    expect(
      endingsOf(event('session.ended', { detail: { why: 'revoked', ...gone.detail } })),
    ).toEqual([]);
  });

  test('where a client changes, and not how it proves who it is', () => {
    const same = { jwksUri: 'a', username: 'A' };
    const changed = event('client.changed', { before: same, after: { ...same, username: 'B' } });
    expect(endingsOf(changed)).toEqual([]);
  });

  test.each<object[]>([
    [{ grants: ['a'] }, { grants: ['a', 'b'] }],
    [{ domains: ['a'] }, { domains: ['a', 'b'] }],
    [{ domains: ['a'] }, { domains: ['*'] }],
    [{}, { domains: ['mydomain.com', 'b'] }],
    [{ domains: ['mydomain.com'] }, {}],
  ])('where a client that had %j has %j: it gives up nothing', (before, after) => {
    const members = { before: { ...before }, after: { ...after } };
    expect(endingsOf(event('client.changed', members))).toEqual([]);
  });

  test('of what is made, given, or not signed in with', () => {
    const ending = EVENT_TYPE_NAMES.filter((type) => endingsOf(event(type)).length > 0);
    expect(ending.every((type) => /^(user|client|session|consent|domain)\./.test(type))).toBe(true);
    expect(ending.filter((type) => /\.(created|enabled|opened|given|refused)$/.test(type))).toEqual(
      [],
    );
  });
});
