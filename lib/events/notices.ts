/**
 * Which events their subject hears of by mail: whatever changes how an account is entered, or whether it is
 * there at all, through whichever door. So no door sends a mail of its own, and none can forget to.
 *
 * NOT here: a sign-in, unless it was with a device that is new (`detail.newDevice`).
 *
 * @module
 */
import * as v from 'valibot';
import type { Event } from '../store/events/event.ts';
import type { EventType } from '../store/events/types.ts';

const NOTICES = [
  'password-changed',
  'email-changed',
  'key-made',
  'key-renewed',
  'new-device',
  'account-disabled',
  'account-deleted',
] as const;
export type Notice = (typeof NOTICES)[number];

/** In the queue: the event by its name, so that nothing of what it says waits there. */
export const NoticeOrder = v.strictObject({
  kind: v.literal('notice'),
  domain: v.string(),
  id: v.string(),
});
export type NoticeOrder = v.InferOutput<typeof NoticeOrder>;

type Reading = Notice | ((event: Event) => Notice | undefined);

const ofUser =
  (notice: Notice) =>
  ({ subject }: Event): Notice | undefined =>
    subject.startsWith('user/') ? notice : undefined;

const NOTICE_OF: { readonly [T in EventType]?: Reading } = {
  'user.password-changed': 'password-changed',
  'user.changed': ({ before = {}, after = {} }) =>
    before['email'] !== undefined && before['email'] !== after['email']
      ? 'email-changed'
      : undefined,
  'user.disabled': 'account-disabled',
  'user.deleted': 'account-deleted',
  'key.created': ofUser('key-made'),
  'key.secret-changed': ofUser('key-renewed'),
  'session.opened': ({ detail = {} }) => (detail['newDevice'] === true ? 'new-device' : undefined),
};

/** @returns `undefined` also for a type of another release. */
export function noticeOf(event: Event): Notice | undefined {
  if (!Object.hasOwn(NOTICE_OF, event.type)) return undefined;
  const reading = NOTICE_OF[event.type as EventType];
  return typeof reading === 'function' ? reading(event) : reading;
}

export const noticeOrdersOf = (event: Event): NoticeOrder[] =>
  noticeOf(event) ? [{ kind: 'notice', domain: event.domain, id: event.id }] : [];
