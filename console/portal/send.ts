/**
 * How a call of the portal is sent: with the token of whoever is signed in, which is put in at the last
 * moment, so that whatever is shown, kept or copied has `$TOKEN` in its place.
 *
 * The token goes to the service and nowhere else, whatever a document names as its server.
 *
 * @module
 */
import { patientFetch } from '../app/api.ts';
import { currentSession, hasEnded } from '../app/session.ts';
import { settings } from '../app/settings.ts';

export const TOKEN = '$TOKEN';

/** @throws Error for an address that is not the service's: nothing is sent there, with or without a token. */
export async function send(url: string, options: RequestInit): Promise<Response> {
  const { origin } = new URL(settings.issuer);
  if (new URL(url, settings.issuer).origin !== origin)
    throw new Error(`Not sent: the address is not of ${origin}.`);
  const session = currentSession();
  const headers = new Headers(options.headers);
  const isSigned = headers.get('authorization') === `Bearer ${TOKEN}`;
  if (isSigned && session.status !== 'in') throw new Error('Not sent: nobody is signed in.');
  if (isSigned && session.status === 'in') headers.set('authorization', `Bearer ${session.token}`);
  const { method = 'GET', body = null } = options;
  const answer = await patientFetch(
    new Request(url, { method, headers, body, credentials: 'omit', cache: 'no-store' }),
  );
  if (isSigned && /error="invalid_token"/.test(answer.headers.get('www-authenticate') ?? ''))
    hasEnded();
  return answer;
}
