/**
 * Signs a browser out. It is one delete: all that was granted within the browser's session is dead from
 * then on. The clients concerned are told later and elsewhere, by its event, so none of them can hold it up.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { goOnUntold } from '../events/go-on.ts';
import { sessionSignedOut } from '../events/kinds/session.ts';
import { type CalledFrom, type TrailServices, trailOf, whoSignsIn } from '../events/trail.ts';
import { endSession } from '../store/sessions/sessions.ts';
import type { Instant } from '../time.ts';
import type { BrowserCookie } from './cookie.ts';
import { recogniseBrowser } from './recognise.ts';

export type BrowserSignOutServices = {
  tables: Tables;
  /** Epoch seconds. */
  now: () => Instant;
  trail: TrailServices;
};

export async function signOutBrowser(
  { tables, now, trail }: BrowserSignOutServices,
  cookie: BrowserCookie | undefined,
  from: CalledFrom,
): Promise<void> {
  const browser = await recogniseBrowser(tables, cookie, now());
  if (!browser) return;
  const { name, user, session } = browser;
  const who = whoSignsIn(user, { key: name.key, client: session.client });
  const events = trailOf(trail, who, from)(sessionSignedOut({ name, domain: user.domain }));
  // One that has ended already is as the user wants it.
  await goOnUntold(events, { ...trail, what: 'sign-out' }, (also) =>
    endSession(tables.sessions, name, now(), also),
  );
}
