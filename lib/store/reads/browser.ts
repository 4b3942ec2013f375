/**
 * What the authorization endpoint has to know of a client and of the browser that comes from it, read
 * together in one strongly consistent request.
 *
 * @module
 */

import { parseItem } from '../../aws/item.ts';
import { batchGet, type Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { isClientId } from '../directory/client-id.ts';
import { type Client, ClientItem } from '../directory/clients.ts';
import { type Domain, DomainItem, domainKey } from '../directory/domains.ts';
import { type Subject, SubjectItem, subjectKey } from '../directory/subjects.ts';
import { BROWSER, type BrowserSession, BrowserSessionItem } from '../sessions/browser-sessions.ts';
import { type Consent, ConsentItem, consentKey } from '../sessions/consents.ts';
import { type SessionName, sessionKey } from '../sessions/sessions.ts';

export type BrowserSnapshot = {
  client: Client | undefined;
  session: BrowserSession | undefined;
  subject: Subject | undefined;
  /** What the subject has agreed to let the client do; it may have expired. */
  consent: Consent | undefined;
};

/** @param client - As somebody sent it, so it may be anything. */
export async function readBrowserSnapshot(
  { directory, sessions }: Tables,
  { client: id, browser }: { client: string | undefined; browser: SessionName | undefined },
): Promise<BrowserSnapshot> {
  const client = id !== undefined && isClientId(id) ? id : undefined;
  const wanted = {
    ...(client !== undefined && { client: { table: directory, key: subjectKey(client) } }),
    ...(browser && {
      session: { table: sessions, key: sessionKey(browser) },
      subject: { table: directory, key: subjectKey(browser.subject) },
    }),
    ...(client !== undefined &&
      browser && {
        consent: { table: sessions, key: consentKey({ subject: browser.subject, client }) },
      }),
  };
  const items = await batchGet(Object.values(wanted));
  const found = Object.fromEntries(Object.keys(wanted).map((name, index) => [name, items[index]]));
  const { client: known, session, subject, consent } = found;
  return {
    client: known?.['kind'] === 'client' ? parseItem(ClientItem, known) : undefined,
    session: session?.['kind'] === BROWSER ? parseItem(BrowserSessionItem, session) : undefined,
    subject: subject && parseItem(SubjectItem, subject),
    consent: consent && parseItem(ConsentItem, consent),
  };
}

/** In the order of their names; `undefined` where there is none. */
export async function readDomains(
  directory: Table,
  names: readonly string[],
): Promise<(Domain | undefined)[]> {
  const items = await batchGet(names.map((name) => ({ table: directory, key: domainKey(name) })));
  return items.map((item) => item && parseItem(DomainItem, item));
}
