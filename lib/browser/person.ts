/**
 * Who sits in front of a browser that presents a sign-in cookie, as a caller: what they may do, and how long
 * ago they proved who they are.
 *
 * Errors: none; whoever is not recognised is nobody.
 *
 * @module
 */
import type { Tables } from '../aws/tables.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Instant } from '../time.ts';
import { type Alive, identify, type Paths } from '../verdict/judge.ts';
import { browserCookieOf } from './form.ts';
import { noteBrowserUse } from './idle.ts';
import { recogniseBrowser, type SignedInBrowser } from './recognise.ts';

export type PersonServices = {
  tables: Tables;
  issuer: string;
  /** Epoch seconds. */
  now: () => Instant;
};
export type Person = Omit<Alive, 'status'> & { browser: SignedInBrowser };

/** @param paths - For which the registry is needed. */
export async function personIn(
  services: PersonServices,
  request: Pick<HttpRequest, 'cookies'>,
  paths: Paths = [],
): Promise<Person | undefined> {
  const { tables, now } = services;
  const browser = await recogniseBrowser(tables, browserCookieOf(services, request), now());
  if (!browser) return undefined;
  const { name, user } = browser;
  const live = await identify(tables, { name, hints: user }, now(), paths);
  if (live.status !== 'live') return undefined;
  await noteBrowserUse(tables.sessions, browser, now());
  return { ...live, browser };
}
