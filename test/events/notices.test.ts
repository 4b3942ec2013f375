/** Of which events their subject hears by mail: whatever changes how an account is entered. */
import { describe, expect, test } from 'vitest';
import { noticeOf, noticeOrdersOf } from '../../lib/events/notices.ts';
import type { Event } from '../../lib/store/events/event.ts';
import { EVENT_TYPE_NAMES } from '../../lib/store/events/types.ts';
import { instant } from '../../lib/time.ts';

const event = (type: string, more: Partial<Event> = {}): Event => ({
  id: 'id',
  at: instant(1_800_000_000),
  type,
  v: 1,
  domain: 'mydomain.com',
  subject: 'user/1',
  collection: 'users',
  target: '1',
  actor: { kind: 'nobody' },
  ...more,
});

describe('a person hears', () => {
  test.each<[string, Partial<Event>, string]>([
    ['user.password-changed', {}, 'password-changed'],
    [
      'user.changed',
      { before: { email: 'a@x.org' }, after: { email: 'b@x.org' } },
      'email-changed',
    ],
    ['user.changed', { before: { email: 'a@x.org' }, after: {} }, 'email-changed'],
    ['user.disabled', {}, 'account-disabled'],
    ['user.deleted', {}, 'account-deleted'],
    ['key.created', {}, 'key-made'],
    ['key.secret-changed', {}, 'key-renewed'],
    ['session.opened', { detail: { newDevice: true } }, 'new-device'],
  ])('of %s %j: %s', (type, more, notice) => {
    expect(noticeOf(event(type, more))).toBe(notice);
    expect(noticeOrdersOf(event(type, more))).toEqual([
      { kind: 'notice', domain: 'mydomain.com', id: 'id' },
    ]);
  });

  test('of nothing else', () => {
    const heard = EVENT_TYPE_NAMES.filter((type) => noticeOf(event(type)) !== undefined);
    expect(heard).toEqual([
      'user.disabled',
      'user.deleted',
      'user.password-changed',
      'key.created',
      'key.secret-changed',
    ]);
    for (const type of ['user.changed', 'session.opened', 'constructor', 'user.vanished'])
      expect(noticeOrdersOf(event(type))).toEqual([]);
  });

  test.each([
    ['a first address', { before: {}, after: { email: 'a@x.org' } }],
    ['the same address', { before: { email: 'a@x.org' }, after: { email: 'a@x.org' } }],
  ])('of no change that is none: %s', (_case, more) =>
    expect(noticeOf(event('user.changed', more))).toBeUndefined(),
  );

  test.each(['client/latchkey', 'domain/mydomain.com'])('of no key of %s', (subject) => {
    for (const type of ['key.created', 'key.secret-changed'])
      expect(noticeOf(event(type, { subject }))).toBeUndefined();
  });
});
