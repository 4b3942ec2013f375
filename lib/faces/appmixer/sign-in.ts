/**
 * Signs in at the Appmixer face.
 *
 * In:     { username | email, password }
 * Out:    { user, token }
 * Errors: 400, 401 with one text for all, 429 with Retry-After (seconds)
 *
 * @module
 */
import { type HttpRequest, originOf } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { type SignInServices, signInByPassword } from '../../sign-in/by-password.ts';
import { type DoorServices, doorOf } from './door.ts';
import { readSignIn } from './read.ts';
import { refusal } from './refusals.ts';
import { signInReply } from './show.ts';

export async function signIn(
  services: SignInServices & DoorServices,
  request: HttpRequest,
): Promise<HttpResponse> {
  const login = { ...readSignIn(request), from: originOf(request) };
  const signedIn = await signInByPassword(services, login, doorOf(services));
  if (signedIn.status !== 'ok') throw refusal(signedIn.status);
  return signInReply(signedIn.subject, signedIn.session);
}
