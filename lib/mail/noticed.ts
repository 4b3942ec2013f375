/**
 * What an event comes to that its subject has to hear of. It goes where it reaches whoever was there before:
 * of another address, to the old one; of an account that is gone, to the address that it had.
 *
 * @module
 */
import * as v from 'valibot';
import { mailable } from '../account/mail-address.ts';
import { batchGet, type Table } from '../aws/table.ts';
import { type Notice, type NoticeOrder, noticeOf } from '../events/notices.ts';
import { readDomain } from '../store/directory/domains.ts';
import { readUser } from '../store/directory/users.ts';
import { type Event, eventKey, eventOf } from '../store/events/event.ts';
import { type Letter, spokenBy, type Unsent, type WriteServices } from './letter.ts';

/** Of a user as an event shows them. */
const Told = v.object({
  username: v.string(),
  email: v.optional(v.string()),
  profile: v.optional(v.object({ locale: v.optional(v.string()) })),
});
type Told = v.InferOutput<typeof Told>;

export async function letterOfNotice(
  services: WriteServices,
  order: NoticeOrder,
): Promise<Letter | Unsent> {
  const event = await readEvent(services.events, order);
  const notice = event && noticeOf(event);
  if (!notice) return 'no-event';
  const told = await toldOf(services, event, notice);
  if (!told) return 'no-account';
  const to = mailable(told.email ?? '');
  if (!to) return 'no-address';
  const refused = await services.admit(to, notice);
  if (refused) return refused;
  const domain = await readDomain(services.tables.directory, event.domain);
  return {
    to,
    locale: spokenBy(told.profile?.locale) ?? 'en',
    account: told.username,
    brand: await services.brandOf(domain),
    content: {
      about: notice,
      at: event.at,
      ip: event.subject === `user/${event.actor.subject}` ? event.actor.ip : undefined,
      what: nameOf(event, notice),
      url: `${services.issuer}${PAGE_OF[notice]}`,
    },
  };
}

/** Where to look at it, or to undo it. */
const PAGE_OF: Readonly<Record<Notice, string>> = {
  'password-changed': '/account/forgot-password',
  'email-changed': '/account/forgot-password',
  'key-made': '/account',
  'key-renewed': '/account/keys',
  'new-device': '/account',
  'account-disabled': '/',
  'account-deleted': '/',
};

async function readEvent(events: Table, { domain, id }: NoticeOrder): Promise<Event | undefined> {
  const [item] = await batchGet([{ table: events, key: eventKey({ domain, id }) }]);
  return item && eventOf(item);
}

const nameOf = ({ after }: Event, notice: Notice): string | undefined =>
  ABOUT_KEYS.includes(notice) && typeof after?.['name'] === 'string' ? after['name'] : undefined;

/** As they were, where that is what counts; as they are now, where the event is of something else of theirs. */
async function toldOf(
  { tables: { directory } }: WriteServices,
  { before, after, subject }: Event,
  notice: Notice,
): Promise<Told | undefined> {
  const isOfUser = !ABOUT_KEYS.includes(notice) && notice !== 'new-device';
  const shown = v.safeParse(Told, WAS.includes(notice) ? before : after);
  if (isOfUser && shown.success) return shown.output;
  return readUser(directory, subject.replace(/^user\//, ''));
}
const ABOUT_KEYS: readonly Notice[] = ['key-made', 'key-renewed'];
const WAS: readonly Notice[] = ['email-changed', 'account-deleted'];
