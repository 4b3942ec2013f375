/**
 * Logs in at the Webitel face.
 *
 * In:     { username, password }
 * Out:    { key, token, username, expires (ms), role, roleName, acl, cdr }
 * Errors: 400 "User name is required", 401 "Invalid credentials", 404 "User not found" where a setting
 *         says so, 429 with Retry-After (seconds)
 *
 * @module
 */

import { type HttpRequest, originOf } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { type SignInServices, signInByPassword } from '../../sign-in/by-password.ts';
import type { Seconds } from '../../time.ts';
import { readLogin } from './read.ts';
import { refusal } from './refusals.ts';
import { type CallRecords, loginReply, tokenClaims } from './show.ts';

export type LoginServices = SignInServices &
  CallRecords & { config: { webitelTokenLifetime: Seconds; revealUnknownUser: boolean } };

export async function signIn(services: LoginServices, request: HttpRequest): Promise<HttpResponse> {
  const { webitelTokenLifetime: lifetime, revealUnknownUser } = services.config;
  const login = { ...readLogin(request), from: originOf(request) };
  const signedIn = await signInByPassword(services, login, {
    client: 'webitel',
    lifetime,
    claims: tokenClaims,
  });
  if (signedIn.status !== 'ok') throw refusal(signedIn.status, revealUnknownUser);
  return loginReply(signedIn, services);
}
