/**
 * Moves the audit of before into the table of events. Each event goes over in one transaction, under the id
 * that it had, so that none is lost, none is there twice, and it may be ended and run again at any time.
 *
 * Every deployment of before runs it once, so it also marks the directory as being in its place
 * (store/directory/home.ts), where nothing does yet.
 *
 * What it says is put as it would be said today: by its type, and with what is shown of each thing.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import { transact } from '../../aws/transaction.ts';
import { shownOf } from '../../events/kinds/change.ts';
import { subjectOf } from '../../events/kinds/happened.ts';
import { SHOWN } from '../../events/kinds/shown.ts';
import { claimHome } from '../../store/directory/home.ts';
import { type Actor, oldEventWrite } from '../../store/events/event.ts';
import { EVENT_TYPES, type EventType } from '../../store/events/types.ts';
import { type AuditItem, pageOfAudit, removalOf } from '../../store/sessions/audit.ts';

type Tables = { directory: Table; sessions: Table; events: Table };

/** @returns How many were moved. @throws Fault on a restored directory that is not finished. */
export async function moveAudit(
  { directory, sessions, events }: Tables,
  progress: (moved: number) => void = () => {},
): Promise<number> {
  await claimHome(directory);
  let moved = 0;
  let after: Awaited<ReturnType<typeof pageOfAudit>>['next'];
  do {
    const page = await pageOfAudit(sessions, after);
    for (const item of page.items) await move({ sessions, events }, item);
    moved += page.items.length;
    if (page.items.length > 0) progress(moved);
    after = page.next;
  } while (after);
  return moved;
}

async function move(
  { sessions, events }: Omit<Tables, 'directory'>,
  item: AuditItem,
): Promise<void> {
  const { sk: id, at, expiresAt } = item;
  const removal = removalOf(sessions, item);
  const [isThere] = await transact([
    oldEventWrite(events, { id, at, ...toldOf(item) }, expiresAt),
    removal,
  ]);
  // A table that was restored may have it once more.
  if (isThere) await transact([removal]);
}

/** A type that there is, of a collection and an action of before. */
const NOUNS: Readonly<Record<string, string>> = {
  users: 'user',
  clients: 'client',
  keys: 'key',
  'domain-tokens': 'domain-token',
  roles: 'role',
  resources: 'resource',
  domains: 'domain',
};
const HAPPENED = {
  create: 'created',
  change: 'changed',
  delete: 'deleted',
  sign_out: 'signed-out',
} as const;

function typeOf({ collection, action, after }: AuditItem): EventType {
  if (collection === 'sessions') return 'session.ended';
  if (collection === 'settings') return 'settings.changed';
  // Of an import, the names with their patterns.
  if (collection === 'resources' && action === 'change' && !after?.['patterns'])
    return 'resources.imported';
  const type = `${NOUNS[collection]}.${HAPPENED[action]}`;
  if (!Object.hasOwn(EVENT_TYPES, type)) throw new Error(`an audit event of no type: ${type}`);
  return type as EventType;
}

function toldOf(item: AuditItem) {
  const { domain, target, actor, before, after, renewed } = item;
  const type = typeOf(item);
  const told = { type, domain, target, actor: actorOf(actor), ...(renewed && { renewed }) };
  if (type === 'session.ended') {
    const subject = String(before?.['subject']);
    const detail = { why: 'administrator', sid: target, client: String(before?.['client']) };
    return { ...told, target: subject, subject: subjectOf(subject), detail };
  }
  if (type === 'resources.imported')
    return {
      ...told,
      subject: 'deployment',
      target: 'resources',
      before: before ?? {},
      after: after ?? {},
    };
  const { collection } = EVENT_TYPES[type];
  const shown = SHOWN[collection];
  return {
    ...told,
    subject: groupOf(item),
    ...(before && shown && { before: shownOf(shown, before) }),
    ...(after && shown && { after: shownOf(shown, after) }),
  };
}

function groupOf({ collection, target, before, after }: AuditItem): string {
  const owner = (after ?? before)?.['owner'];
  if (owner !== undefined) return subjectOf(String(owner));
  if (collection === 'settings') return 'deployment';
  return `${NOUNS[collection]}/${target}`;
}

function actorOf({ subject, username, key, client, ip, userAgent }: AuditItem['actor']): Actor {
  const from = { ip, ...(userAgent !== undefined && { userAgent }) };
  if (subject === '') return { kind: 'nobody', ...from };
  const isKey = client === 'api-key' || client === 'domain-token';
  const kind = isKey ? 'key' : subjectOf(subject).startsWith('user/') ? 'user' : 'client';
  return { kind, subject, username, key, client, ...from };
}
