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
import type { AuthorizationRequest } from '../request/read.ts';
import { codeResponse } from '../request/response.ts';
import type { Answered, AuthorizeServices } from './begin.ts';

/** Seconds. */
const LIFETIME = seconds(60);

export async function issueCode(
  { tables, issuer, now }: AuthorizeServices,
  { client, destination, scope, nonce, challenge, claims, showAuthTime }: AuthorizationRequest,
  { name, session }: SignedInBrowser,
): Promise<Answered> {
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
