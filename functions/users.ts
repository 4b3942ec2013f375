/**
 * Users' accounts: their own, and for administrators those of others, each route in its product's
 * own dialect.
 *
 * Appmixer, whose errors are { statusCode, error, message }:
 *   POST   /user                    makes a user and signs them in; open, or closed by a setting
 *   GET    /user                    who the caller is; a browser may sign in first
 *   POST   /user/change-password    the caller's own, for the old one; {}
 *   GET    /users, /users/count     needs `r` on the ACL resource `users`; [user], { count }
 *   GET    /users/{id}              likewise
 *   PUT    /users/{id}              needs `u`; the user as it is then
 *   POST   /user/reset-password     needs `u`; by e-mail address; {}
 *   DELETE /users/{id}              needs `d`; { ticket }
 *   GET    /users/{id}/delete-status/{ticket}   needs `r`; { status, stepsDone, stepsTotal }
 *
 * Faveo, whose errors are { success: false, message }:
 *   GET    /api/v1/authenticate/user     { user: the caller's profile }; likewise
 *   GET    /api/v1/helpdesk/api_key      needs `r` on `helpdesk/api_key`; { result: key }
 *
 * @module
 */
import { changePassword } from '../lib/account/change-password.ts';
import { orSignIn } from '../lib/browser/caller.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composeUsers } from '../lib/compose/users.ts';
import { trailOf } from '../lib/events/trail.ts';
import * as appmixer from '../lib/faces/appmixer/appmixer.ts';
import * as refusals from '../lib/faces/appmixer/refusals.ts';
import * as faveo from '../lib/faces/faveo/faveo.ts';
import { applicationKey } from '../lib/faces/faveo/make-application-key.ts';
import { requireCaller, requirePermission } from '../lib/guard/caller.ts';
import { credentialOf } from '../lib/http/credential.ts';
import { type Endpoint, endpoints } from '../lib/http/endpoint.ts';
import { type HttpRequest, originOf } from '../lib/http/request.ts';
import { json } from '../lib/http/response.ts';
import { deleteWithTicket, isDeleted } from '../lib/manage/users/delete-with-ticket.ts';
import { changeUser, findUser } from '../lib/manage/users/lifecycle.ts';
import { noSuchUser } from '../lib/manage/users/refusals.ts';
import { countMatching, searchUsers } from '../lib/manage/users/search.ts';
import { createUser } from '../lib/manage/users/sign-up.ts';
import { openSession } from '../lib/sign-in/open-session.ts';
import { normaliseLoginName } from '../lib/store/directory/login-name.ts';
import { readSettings } from '../lib/store/directory/settings.ts';
import { findUserId, readUser } from '../lib/store/directory/users.ts';
import type { Caller } from '../lib/verdict/judge.ts';

const services = composeUsers();
const { tables, config, now } = services;
const { directory } = tables;

/** Every change leaves an audit event, in the same transaction. */
const trailFor = (request: HttpRequest, caller: Caller | undefined) =>
  trailOf(services.trail, caller, originOf(request));

async function create(request: HttpRequest) {
  const user = appmixer.readNewUser(request);
  const { userCreateScope: scopes = config.apiUserCreateScope } = await readSettings(directory);
  const caller = scopes.length > 0 ? await requireCaller(services, request) : undefined;
  // Before the user is made: without a key no user is left behind whom nobody signed in.
  await services.keyring.signingKey('ES256');
  const policy = { scopes, domain: config.defaultDomain };
  const trail = trailFor(request, caller);
  const made = await createUser(directory, policy, { caller, user, now: now() * 1000, trail });
  const session = await openSession(services, made, {
    kind: 'appmixer',
    client: 'appmixer',
    lifetime: config.appmixerTokenLifetime,
    ip: request.ip,
    userAgent: request.headers['user-agent'],
    claims: appmixer.claims(made.subject),
  });
  return appmixer.signInReply(made.subject, session);
}

async function own(request: HttpRequest, browser?: Caller) {
  const { subject } = browser ?? (await requireCaller(services, request));
  const user = await readUser(directory, subject.id);
  if (!user) throw noSuchUser();
  return appmixer.accountReply(user);
}

async function changeOwnPassword(request: HttpRequest) {
  const caller = await requireCaller(services, request);
  const passwords = appmixer.readPasswordChange(request);
  const trail = trailFor(request, caller);
  const wanted = { ...passwords, ip: request.ip, now: now(), trail };
  await changePassword(tables, caller, wanted);
  return json(200, {});
}

async function list(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const search = appmixer.readUserSearch(request);
  const found = await searchUsers(directory, administrator, search);
  if (found.status === 'too_many') throw refusals.tooMany();
  return appmixer.usersReply(found.users);
}

async function count(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const found = await countMatching(directory, administrator, appmixer.readUserFilter(request));
  if (found.status === 'too_many') throw refusals.tooMany();
  return json(200, { count: found.count });
}

async function show(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const id = appmixer.readUserId(request);
  return appmixer.userReply(await findUser(directory, administrator, id));
}

async function change(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const id = appmixer.readUserId(request);
  const trail = trailFor(request, administrator.caller);
  const wanted = { change: appmixer.readUserChange(request), now: now(), trail };
  return appmixer.userReply(await changeUser(directory, administrator, id, wanted));
}

/** Asked of the ACL as the change of a user that it is. */
async function resetPassword(request: HttpRequest) {
  const asChange = { ...request, method: 'PUT', path: '/users' };
  const administrator = await requirePermission(services, asChange);
  const { email, password } = appmixer.readPasswordReset(request);
  const name = normaliseLoginName(email);
  const id = name && (await findUserId(directory, name));
  if (!id) throw noSuchUser();
  const trail = trailFor(request, administrator.caller);
  const wanted = { change: { password }, now: now(), trail };
  await changeUser(directory, administrator, id, wanted);
  return json(200, {});
}

async function remove(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const id = appmixer.readUserId(request);
  const trail = trailFor(request, administrator.caller);
  const ticket = await deleteWithTicket(tables, administrator, id, now(), trail);
  return json(200, { ticket });
}

async function deleteStatus(request: HttpRequest) {
  const administrator = await requirePermission(services, request);
  const userId = appmixer.readUserId(request);
  const deletion = { userId, ticket: request.parameters['ticket'] ?? '' };
  if (!(await isDeleted(tables, administrator, deletion, now()))) throw noSuchUser();
  return appmixer.deletedReply();
}

async function faveoUser(request: HttpRequest, browser?: Caller) {
  if (!browser && credentialOf(request.headers).status === 'missing') throw faveo.noToken();
  const { subject } = browser ?? (await requireCaller(services, request));
  const user = await readUser(directory, subject.id);
  if (!user) throw faveo.notAUser();
  return faveo.userReply(user);
}

async function faveoApiKey(request: HttpRequest) {
  if (credentialOf(request.headers).status === 'missing') throw faveo.noToken();
  const administrator = await requirePermission(services, request);
  const trail = trailFor(request, administrator.caller);
  return faveo.apiKeyReply(await applicationKey(directory, administrator, trail));
}

const inAppmixer = (run: Endpoint['run']): Endpoint => ({ run, showError: refusals.showError });
const inFaveo = (run: Endpoint['run']): Endpoint => ({ run, showError: faveo.showAccessError });

export const handler = endpoints(
  {
    'POST /user': inAppmixer(create),
    'GET /user': inAppmixer(orSignIn(services, own)),
    'POST /user/change-password': inAppmixer(changeOwnPassword),
    'POST /user/reset-password': inAppmixer(resetPassword),
    'GET /users': inAppmixer(list),
    'GET /users/count': inAppmixer(count),
    'GET /users/{id}': inAppmixer(show),
    'PUT /users/{id}': inAppmixer(change),
    'DELETE /users/{id}': inAppmixer(remove),
    'GET /users/{id}/delete-status/{ticket}': inAppmixer(deleteStatus),
    'GET /api/v1/authenticate/user': inFaveo(orSignIn(services, faveoUser)),
    'GET /api/v1/helpdesk/api_key': inFaveo(faveoApiKey),
  },
  composeOrigins(),
);
