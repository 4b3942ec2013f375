/**
 * Signs in at the Faveo face.
 *
 * In:     username, password and api_key? in the body or the query
 * Out:    { token, user_id: profile }
 * Errors: 400, 401 with one text for all, 429 with Retry-After (seconds)
 *
 * @module
 */

import { type HttpRequest, originOf } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import type { SignInServices } from '../../sign-in/by-password.ts';
import { signInFromApplication } from '../../sign-in/from-application.ts';
import type { Seconds } from '../../time.ts';
import { APPLICATION } from './application.ts';
import { readSignIn } from './read.ts';
import { refusal, wrongApiKey } from './refusals.ts';
import { claims, signInReply } from './show.ts';

export type FaveoSignInServices = SignInServices & {
  config: { faveoTokenLifetime: Seconds; faveoErrorsAs200: boolean };
};

export async function signIn(
  services: FaveoSignInServices,
  request: HttpRequest,
): Promise<HttpResponse> {
  const { apiKey: key, ...credentials } = readSignIn(request);
  const application = { key, settings: APPLICATION };
  const login = { ...credentials, from: originOf(request) };
  const signedIn = await signInFromApplication(services, application, login, {
    client: 'faveo',
    lifetime: services.config.faveoTokenLifetime,
    activatedOnly: true,
    claims: () => claims(services.now()),
  });
  if (signedIn.status === 'wrong_application') throw wrongApiKey();
  if (signedIn.status !== 'ok') throw refusal(signedIn.status);
  return signInReply(signedIn.subject, signedIn.session);
}
