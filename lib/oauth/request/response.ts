/**
 * What the authorization endpoint sends to a client: a code or an error, by way of the browser. Each
 * answer says who gave it, so that a client of several servers cannot be led to mix them up.
 *
 * @module
 * @see RFC 6749 §4.1.2, §4.1.2.1, RFC 9207 §2 (iss, in errors too)
 */
import type { AuthError } from '../../errors.ts';
import type { ResponseMode } from './response-mode.ts';

/** Proven to be the client's own. */
export type Destination = { redirectUri: string; mode: ResponseMode; state: string | undefined };
export type AuthorizationResponse = {
  redirectUri: string;
  mode: ResponseMode;
  parameters: readonly (readonly [name: string, value: string])[];
};

export const codeResponse = (
  destination: Destination,
  issuer: string,
  code: string,
): AuthorizationResponse => respond(destination, issuer, [['code', code]]);

/** A description is printable ASCII without quote and backslash. */
export const errorResponse = (
  destination: Destination,
  issuer: string,
  { said, message }: AuthError,
): AuthorizationResponse =>
  respond(destination, issuer, [
    ['error', said.code],
    ['error_description', message.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '')],
  ]);

const respond = (
  { redirectUri, mode, state }: Destination,
  issuer: string,
  parameters: AuthorizationResponse['parameters'],
): AuthorizationResponse => ({
  redirectUri,
  mode,
  parameters: [
    ...parameters,
    ...(state === undefined ? [] : [['state', state] as const]),
    ['iss', issuer],
  ],
});

/** The query that the client registered stays as it is (RFC 6749 §3.1.2). */
export function locationOf({ redirectUri, parameters }: AuthorizationResponse): string {
  const added = new URLSearchParams(
    parameters.map(([name, value]): [string, string] => [name, value]),
  );
  const joint = redirectUri.includes('?') ? (/[?&]$/.test(redirectUri) ? '' : '&') : '?';
  return `${redirectUri}${joint}${added}`;
}
