/** Clients with an authorization endpoint, and browsers that have been there. */

import { get, type Item } from '../../../lib/aws/table.ts';
import { parseBrowserCookies } from '../../../lib/browser/cookie.ts';
import type { ClientRegistration } from '../../../lib/manage/clients/register.ts';
import { readClient, saveClient } from '../../../lib/store/directory/clients.ts';
import { type Code, readCode } from '../../../lib/store/sessions/codes.ts';
import { sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { addClient } from '../actors/clients.ts';
import type { Answer, Service } from '../running/service.ts';
import { answerOf, type Browser, CALLBACK, CHALLENGE, type Fields } from './browser.ts';

/** A client that asks its users; `trusted` in front of its id is one that does not. */
export async function addWebClient(
  service: Pick<Service, 'tables'>,
  given: Partial<ClientRegistration> & { id: string },
): Promise<string> {
  const defaults = {
    name: 'Web App',
    redirectUris: [CALLBACK],
    grants: ['authorization_code', 'refresh_token'] as ClientRegistration['grants'],
  };
  await addClient(service, { ...defaults, ...given });
  return given.id;
}

/** Past all checks of a registration. */
export async function changeClient(
  { tables: { directory } }: Pick<Service, 'tables'>,
  id: string,
  change: object,
): Promise<void> {
  const before = await readClient(directory, id);
  if (!before) throw new Error(`no client ${id}`);
  await saveClient(directory, { before, after: { ...before, ...change } });
}

/** An authorization request; what is `undefined` is left out. */
export function requestOf(client: string, more: Record<string, string | undefined> = {}): Fields {
  const all = {
    client_id: client,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    state: 'opaque',
    nonce: 'n-0S6_WzA2Mj',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** @returns What the code stands for. @throws Error where the answer has none. */
export async function codeOf({ tables }: Pick<Service, 'tables'>, answer: Answer): Promise<Code> {
  const { code, ...rest } = answerOf(answer);
  const granted = code && (await readCode(tables.sessions, code));
  if (!granted) throw new Error(`no code: ${JSON.stringify(rest)}`);
  return granted;
}

/** Of every account that is signed in there. */
export const cookiesOf = ({ jar }: Browser) => parseBrowserCookies(jar.get('__Host-latchkey'));
/** Of the one used last. */
export const cookieOf = (browser: Browser) => cookiesOf(browser)[0];

/** The session behind the browser's cookie, if it still exists. */
export async function sessionOf(
  { tables }: Pick<Service, 'tables'>,
  browser: Browser,
): Promise<Item | undefined> {
  const cookie = cookieOf(browser);
  return cookie && get(tables.sessions, sessionKey(cookie.name));
}
