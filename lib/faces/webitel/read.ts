/**
 * The Webitel dialect's requests as our values.
 *
 * Units:  `expire` is milliseconds since the epoch; an expiry is kept in whole seconds.
 *
 * @module
 */

import * as v from 'valibot';
import { type AuthError, refuse, refuseField } from '../../errors.ts';
import type { Presented } from '../../http/credential.ts';
import { formParameters, type HttpRequest, jsonObject, mediaType } from '../../http/request.ts';
import { epochMilliseconds, secondOf } from '../../time.ts';
import { badCaller, badExpiry, badRole } from './refusals.ts';
import { DomainTokenState, Halves, Login, NewDomainToken, NewRole } from './schemas.ts';

export function readLogin(request: HttpRequest): v.InferOutput<typeof Login> {
  const { username = null, password } = jsonObject(request);
  const sent = v.safeParse(Login, { username, password }, { abortEarly: true });
  if (sent.success) return sent.output;
  throw sent.issues[0].path?.[0]?.key === 'username'
    ? refuse('invalid_request', 'username-missing', 'User name is required')
    : refuse('invalid_request', 'password-malformed', 'The password must be a string');
}

/** Headers first; the product's clients may also send both halves in the body or the query. */
export function readLogout(request: HttpRequest): Presented {
  const { headers } = request;
  const token = headers['x-access-token'] || elsewhere(request, 'access_token');
  const key = headers['x-key'] || headers['x_key'] || elsewhere(request, 'x_key');
  if (!token || !key) throw badCaller('a half of the credential is missing');
  return { token, key, pair: true };
}

type Half = keyof v.InferOutput<typeof Halves>;

const elsewhere = (request: HttpRequest, name: Half): string | undefined =>
  v.parse(Halves, membersOf(request))[name] ?? onlyOne(request.query, name);

/** @throws AuthError if it was sent twice: none of them is the one that was meant. */
function onlyOne(sent: URLSearchParams, name: Half): string | undefined {
  const [one, ...others] = sent.getAll(name);
  if (others.length > 0) throw badCaller('a half of the credential was sent twice');
  return one;
}

/** A body that is not a JSON object holds no half: "Bad caller", like a request without one. */
function membersOf(request: HttpRequest): object {
  // Which throws for what is no text at all.
  if (request.body === '') return {};
  switch (mediaType(request)) {
    case 'application/json':
      try {
        return jsonObject(request);
      } catch {
        return {};
      }
    case 'application/x-www-form-urlencoded':
      return halvesIn(formParameters(request));
    default:
      return {};
  }
}

const halvesIn = (sent: URLSearchParams): object =>
  Object.fromEntries(
    (Object.keys(Halves.entries) as Half[]).map((name) => [name, onlyOne(sent, name)]),
  );

export function readDomain({ parameters }: HttpRequest): string {
  const { name = '' } = parameters;
  if (name.trim() === '') throw refuse('invalid_request', 'domain-missing', 'Domain is required.');
  return name;
}

export function readNewToken(request: HttpRequest) {
  const { expire = null, role = null } = jsonObject(request);
  const { success, output, issues } = v.safeParse(NewDomainToken, { expire, role });
  if (!success) throw issues[0].path?.[0]?.key === 'expire' ? badExpiry() : badRole();
  return { role: output.role, expiresAt: secondOf(epochMilliseconds(output.expire)) };
}

export function readState(request: HttpRequest): boolean {
  const { state = null } = jsonObject(request);
  const { success, output } = v.safeParse(DomainTokenState, { state });
  if (!success) throw refuse('invalid_request', 'state-malformed', 'Bad state token.');
  return output.state;
}

/** What the path names. */
export const readTokenId = ({ parameters }: HttpRequest): string => parameters['uuid'] ?? '';
export const readRoleName = ({ parameters }: HttpRequest): string => parameters['name'] ?? '';

/** What `allows` holds is checked where the role is made. */
export function readNewRole(request: HttpRequest) {
  const sent = jsonObject(request);
  const { success, output, issues } = v.safeParse(NewRole, sent, { abortEarly: true });
  if (!success) throw misfit(String(issues[0].path?.[0]?.key ?? 'roles'));
  // Valibot takes an empty array for an object without members.
  if (Array.isArray(sent['allows'])) throw misfit('allows');
  const [name = ''] = output.roles;
  return { name, parents: [...new Set(output.parents)], acl: sent['allows'] ?? {} };
}

const misfit = (field: string): AuthError =>
  field === 'allows'
    ? refuseField('acl', 'acl-expected', 'must map resources to lists of letters')
    : refuseField(
        field === 'parents' ? 'parents' : 'name',
        'role-name-malformed',
        'must be a role name: letters, digits, ".", "_" and "-", at most 64',
      );
