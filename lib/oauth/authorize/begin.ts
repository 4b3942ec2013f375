/**
 * The authorization endpoint: a client asks for a user's agreement, and the browser carries the answer.
 * Whatever the user has to be asked first is the answer here; the pages are lib/faces/pages/'s.
 *
 * Each of the user's forms carries the whole request, which is held against every rule anew.
 *
 * Errors: AuthError, to be shown to the user, until client and redirect URI are proven; after that
 *         every error is an answer to the client, a fault of ours included, with no word of its cause. It
 *         is `unknown` where the browser must not follow it by itself.
 *
 * @module
 * @see RFC 6749 §3.1, §4.1, OpenID Connect Core §3.1.2, RFC 9700 §2.1, §4.11.2 (no open redirector)
 */

import type { Tables } from '../../aws/tables.ts';
import type { BrowserCookie } from '../../browser/cookie.ts';
import { noteBrowserUse } from '../../browser/idle.ts';
import { domainsOf, recogniseEach, type SignedInBrowser } from '../../browser/recognise.ts';
import { AuthError, refuse, toAuthError } from '../../errors.ts';
import { logFault, logRefusal } from '../../log.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Domain } from '../../store/directory/domains.ts';
import { readBrowserSnapshot, readDomains } from '../../store/reads/browser.ts';
import type { Consent } from '../../store/sessions/consents.ts';
import type { Instant } from '../../time.ts';
import { readParameters } from '../request/parameters.ts';
import {
  type AuthorizationRequest,
  checkAuthorizationRequest,
  destinationOf,
  type HintServices,
} from '../request/read.ts';
import {
  type AuthorizationResponse,
  type Destination,
  errorResponse,
} from '../request/response.ts';
import { pickAccount } from './pick-account.ts';

export type AuthorizeServices = HintServices & {
  tables: Tables;
  /** Epoch seconds. */
  now: () => Instant;
};
/** A request that may be answered, and who is in front of the browser. */
export type Pending = {
  asked: AuthorizationRequest;
  /** The client's. */
  domain: Domain;
  /** All that are signed in there. */
  accounts: readonly SignedInBrowser[];
  /** The one of them with which it goes on, and those among which the user has to choose it. */
  browser: SignedInBrowser | undefined;
  among: readonly SignedInBrowser[];
  consent: Consent | undefined;
};
export type Answered = {
  answer: AuthorizationResponse;
  /** What the answer says, where it is an error. */
  error?: AuthError;
  client?: Client;
  /** Nobody is known to be signed in, nobody was asked: no browser is led away by it on its own. */
  unknown?: boolean;
};

/** Encoded. It travels through the forms, encoded once more, and a form has 64 KB. */
const MAX_REQUEST = 24_000;

/** @throws AuthError as long as there is nobody to answer to. */
export async function begin(
  services: AuthorizeServices,
  sent: URLSearchParams,
  cookies: readonly BrowserCookie[],
): Promise<Pending | Answered> {
  if (sent.toString().length > MAX_REQUEST)
    throw refuse('invalid_request', 'request-too-long', 'The authorization request is too long.');
  const read = readParameters(sent);
  const id = read.parameters.get('client_id');
  if (id === undefined)
    throw refuse(
      'invalid_request',
      'client-id-missing',
      'The client_id is missing or was sent twice.',
    );
  const snapshot = await readBrowserSnapshot(services.tables, {
    client: id,
    browsers: cookies.map(({ name }) => name),
  });
  const { client } = snapshot;
  if (!client || client.disabled)
    throw refuse('invalid_client', 'client-not-known', 'The client is not known here.');
  const destination = destinationOf(client, read.parameters);

  let isAnybody = false;
  const begun = await answering(services, destination, async () => {
    const { tables, now } = services;
    const names = [client.domain, ...domainsOf(snapshot.accounts)];
    const [own, ...domains] = await readDomains(tables.directory, names);
    const found = recogniseEach(cookies, snapshot.accounts, domains, now());
    isAnybody = found.length > 0;
    if (!own || own.disabled)
      throw refuse('unauthorized_client', 'client-disabled', 'The client is switched off.');
    const asked = await checkAuthorizationRequest(services, client, destination, read);
    const accounts = found.map(({ browser }) => browser);
    const picked = pickAccount(asked, accounts);
    if (picked.browser) await noteBrowserUse(tables.sessions, picked.browser, now());
    const of = found.find(({ browser }) => browser === picked.browser);
    return { asked, domain: own, accounts, ...picked, consent: of?.account.consent };
  });
  // Who asks in silence looks at no page: an answer is all that it can use (RFC 9700 §4.11.2).
  const silent = read.parameters.get('prompt') === 'none';
  if (!('answer' in begun)) return begun;
  return { ...begun, client, ...(!isAnybody && !silent && { unknown: true }) };
}

/** Whatever goes wrong is told to the client. */
export async function answering<T>(
  { issuer }: Pick<AuthorizeServices, 'issuer'>,
  destination: Destination,
  run: () => Promise<T>,
): Promise<T | Answered> {
  try {
    return await run();
  } catch (thrown) {
    const error = toAuthError(thrown);
    const details = { rule: 'authorize' };
    if (error.status >= 500) logFault(error, details);
    else logRefusal(error.said.code, error.said.reason, details);
    return { answer: errorResponse(destination, issuer, error), error };
  }
}

export const denied = (reason: string): AuthError =>
  new AuthError({
    code: 'access_denied',
    rule: 'user-refused',
    text: 'The user has refused.',
    reason,
  });
