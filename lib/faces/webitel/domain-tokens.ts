/**
 * The Webitel dialect's domain tokens: its requests as our values, our results as its answers.
 *
 * Units:  `expire` and `createdOn` are milliseconds since the epoch; an expiry is kept in whole
 *         seconds, and answered as it is kept.
 * Errors: 400 "Domain is required.", "Bad expire date.", "Bad role name.", "Bad state token.", and
 *         404 "Not found token"
 *
 * @module
 */
import * as v from 'valibot';
import { refuse } from '../../errors.ts';
import { type HttpRequest, jsonObject } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { IssuedDomainToken } from '../../manage/domains/issue-token.ts';
import type { Named } from '../../store/sessions/standing.ts';
import type * as answers from './answers.ts';

/** In the product's order: the date is refused before the role. */
export const NewDomainToken = v.object({
  expire: v.pipe(v.number(), v.safeInteger()),
  role: v.pipe(v.string(), v.nonEmpty(), v.maxLength(64)),
});
export const DomainTokenState = v.object({ state: v.boolean() });

export function readDomain({ parameters }: HttpRequest): string {
  const { name = '' } = parameters;
  if (name.trim() === '') throw refuse('invalid_request', 'domain-missing', 'Domain is required.');
  return name;
}

export function readNewToken(request: HttpRequest) {
  const { expire = null, role = null } = jsonObject(request);
  const { success, output, issues } = v.safeParse(NewDomainToken, { expire, role });
  if (!success) throw issues[0].path?.[0]?.key === 'expire' ? badExpiry() : badRole();
  return { role: output.role, expiresAt: Math.floor(output.expire / 1000) };
}

export function readState(request: HttpRequest): boolean {
  const { state = null } = jsonObject(request);
  const { success, output } = v.safeParse(DomainTokenState, { state });
  if (!success) throw refuse('invalid_request', 'state-malformed', 'Bad state token.');
  return output.state;
}

export function issuedReply(issued: IssuedDomainToken): HttpResponse {
  switch (issued.status) {
    case 'ok':
      return ok<v.InferOutput<typeof answers.IssuedDomainToken>>({
        data: dataOf(issued),
        token: issued.token,
      });
    case 'bad_expiry':
      throw badExpiry();
    case 'unknown_role':
      throw badRole();
    case 'unknown_domain':
      throw refuse('not_found', 'domain-not-found', 'There is no such domain.');
  }
}

export const listReply = (tokens: readonly Named[]): HttpResponse =>
  ok<v.InferOutput<typeof answers.DomainTokens>>(tokens.map(dataOf));

export function stateReply(token: Named | undefined): HttpResponse {
  if (!token) throw notFound();
  return ok<v.InferOutput<typeof answers.SwitchedDomainToken>>(dataOf(token));
}

export function removedReply(removed: boolean): HttpResponse {
  if (!removed) throw notFound();
  return ok<v.InferOutput<typeof answers.Destroyed>>('Destroyed');
}

const dataOf = ({ name, standing }: Named): v.InferOutput<typeof answers.DomainToken> => ({
  uuid: name.key,
  expire: (standing.expiresAt ?? 0) * 1000,
  roleName: standing.roles?.[0] ?? '',
  createdBy: standing.createdBy,
  createdOn: standing.issuedAt * 1000,
  enabled: !standing.disabled,
});

const ok = <A extends { status: 'OK'; info: unknown }>(info: A['info']): HttpResponse =>
  json(200, { status: 'OK', info });
const badExpiry = () => refuse('invalid_request', 'token-expiry-unusable', 'Bad expire date.');
const badRole = () => refuse('invalid_request', 'token-role-unusable', 'Bad role name.');
const notFound = () => refuse('not_found', 'domain-token-unknown', 'Not found token');
