/**
 * Hands out an authorization code: 256 random bits, good for a minute, kept as a hash.
 *
 * @module
 * @see RFC 6749 §4.1.2 (short-lived), §10.5, §10.10 (not to be guessed)
 */

import type { SignedInBrowser } from '../../browser/recognise.ts';
import { randomSecret } from '../../crypto.ts';
import { type Code, saveCode } from '../../store/sessions/codes.ts';
import { after, seconds } from '../../time.ts';
import { contextOf } from '../request/authentication-context.ts';
import { codeResponse } from '../request/response.ts';
import type { Answered, AuthorizeServices, Pending } from './begin.ts';
import { mayAskNobody } from './remembered-consent.ts';

/** Seconds. */
const LIFETIME = seconds(60);

export async function issueCode(
  { tables, issuer, now }: AuthorizeServices,
  { asked, browser, consent }: Pending & { browser: SignedInBrowser },
): Promise<Answered> {
  const { client, destination, scope, nonce, challenge, claims, showAuthTime } = asked;
  const { name, session, user } = browser;
  const asksNobody = mayAskNobody(client, user);
  const code = randomSecret();
  const granted: Code = {
    client: client.id,
    clientGeneration: client.generation,
    redirectUri: destination.redirectUri,
    subject: name.subject,
    browser: name.key,
    subjectGeneration: session.subjectGeneration,
    domainGeneration: session.domainGeneration,
    scope: scope.join(' '),
    consent: asksNobody || !consent ? undefined : { agreement: consent.agreement },
    authTime: session.authTime,
    showAuthTime,
    nonce,
    acr: contextOf(session),
    claims,
    challenge,
    validUntil: after(now(), LIFETIME),
  };
  await saveCode(tables.sessions, code, granted);
  return { answer: codeResponse(destination, issuer, code) };
}
