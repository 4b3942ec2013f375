/**
 * Signs a browser out. It is one delete: all that was granted within the browser's session is dead from
 * then on. The clients concerned are told later and elsewhere, so none of them can hold it up.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import type { Announce } from '../events/announce-logout.ts';
import { endSession } from '../store/sessions/sessions.ts';
import type { Instant } from '../time.ts';
import type { BrowserCookie } from './cookie.ts';
import { recogniseBrowser } from './recognise.ts';

export type BrowserSignOutServices = {
  tables: Tables;
  /** Epoch seconds. */
  now: () => Instant;
  announce: Announce;
};

export async function signOutBrowser(
  { tables, now, announce }: BrowserSignOutServices,
  cookie: BrowserCookie | undefined,
): Promise<void> {
  const browser = await recogniseBrowser(tables, cookie, now());
  // One that has ended already is as the user wants it.
  if (browser && (await endSession(tables.sessions, browser.name, now())))
    await announce(browser.name.subject);
}
