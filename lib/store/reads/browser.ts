/**
 * What the authorization endpoint has to know of a client and of the browser that comes from it, read
 * together in one strongly consistent request.
 *
 * @module
 */

import { parseItem } from '../../aws/item.ts';
import { batchGet, type Item, type Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { isClientId } from '../directory/client-id.ts';
import { type Client, ClientItem } from '../directory/clients.ts';
import { type Domain, domainKey, parseDomain } from '../directory/domains.ts';
import { type Subject, SubjectItem, subjectKey } from '../directory/subjects.ts';
import { BROWSER, type BrowserSession, BrowserSessionItem } from '../sessions/browser-sessions.ts';
import { type Consent, ConsentItem, consentKey } from '../sessions/consents.ts';
import { type SessionName, sessionKey } from '../sessions/sessions.ts';

export type AccountSnapshot = {
  session: BrowserSession | undefined;
  subject: Subject | undefined;
  /** What the subject has agreed to let the client do; it may have expired. */
  consent: Consent | undefined;
};
/** Of each account that is signed in there, in the order asked for. */
export type BrowserSnapshot = { client: Client | undefined; accounts: AccountSnapshot[] };

/** @param client - As somebody sent it, so it may be anything. @param browsers - Each of another subject. */
export async function readBrowserSnapshot(
  { directory, sessions }: Tables,
  { client: id, browsers }: { client: string | undefined; browsers: readonly SessionName[] },
): Promise<BrowserSnapshot> {
  const client = id !== undefined && isClientId(id) ? id : undefined;
  const ofClient = client === undefined ? [] : [{ table: directory, key: subjectKey(client) }];
  const ofAccount = (name: SessionName) => [
    { table: sessions, key: sessionKey(name) },
    { table: directory, key: subjectKey(name.subject) },
    ...(client === undefined
      ? []
      : [{ table: sessions, key: consentKey({ subject: name.subject, client }) }]),
  ];
  const items = await batchGet([...ofClient, ...browsers.flatMap(ofAccount)]);
  const [known] = items.splice(0, ofClient.length);
  return {
    client: known?.['kind'] === 'client' ? parseItem(ClientItem, known) : undefined,
    accounts: browsers.map((name) => accountOf(items.splice(0, ofAccount(name).length))),
  };
}

const accountOf = ([session, subject, consent]: (Item | undefined)[]): AccountSnapshot => ({
  session: session?.['kind'] === BROWSER ? parseItem(BrowserSessionItem, session) : undefined,
  subject: subject && parseItem(SubjectItem, subject),
  consent: consent && parseItem(ConsentItem, consent),
});

/** In the order of their names; `undefined` where there is none. */
export async function readDomains(
  directory: Table,
  names: readonly string[],
): Promise<(Domain | undefined)[]> {
  const items = await batchGet(names.map((name) => ({ table: directory, key: domainKey(name) })));
  return items.map((item) => item && parseDomain(item));
}
