/**
 * Our results as the Webitel dialect's answers, and what its tokens carry.
 *
 * Units:  `expires`, `expire` and `createdOn` are milliseconds since the epoch.
 *
 * @module
 */
import type * as v from 'valibot';
import { type HttpResponse, json } from '../../http/response.ts';
import type { SignedIn } from '../../sign-in/authenticate.ts';
import type { OpenedSession } from '../../sign-in/open-session.ts';
import type { Acl, Role } from '../../store/directory/roles.ts';
import type { Named } from '../../store/sessions/standing.ts';
import { mergeAcls } from '../../verdict/acl.ts';
import type { Caller } from '../../verdict/judge.ts';
import type * as answers from './answers.ts';

/** `-1` is the number of a role that has none. */
const roleOf = ({ subject, roles }: SignedIn) => {
  const [name = ''] = subject.roles;
  return { name, number: roles.find((role) => role.name === name)?.number ?? -1 };
};

const effectiveAcl = ({ roles }: SignedIn): Acl =>
  mergeAcls(roles.map(({ effective }) => effective));

/** In bytes. API Gateway takes 10 KB of headers in all, and a token that does not fit cannot even log out. */
const MAX_ACL_CLAIM = 4096;

/** The ACL that clients read in the token; one that is too long for it is in the answer alone. */
export function tokenClaims(signedIn: SignedIn): { acl?: Acl } {
  const acl = effectiveAcl(signedIn);
  return Buffer.byteLength(JSON.stringify(acl)) <= MAX_ACL_CLAIM ? { acl } : {};
}

/** What a domain token carries beside our own claims; of these nobody here reads any. */
export const domainTokenClaims = ({ key, domain }: { key: string; domain: string }) => ({
  id: key,
  d: domain,
  t: 'domain',
  v: 2,
});

/** Where the product's call records are: nothing of ours, and shown as it is configured. */
export type CallRecords = { config: { cdrHost: string; cdrUseProxy: boolean } };

/** `useProxy` is a string, as its clients expect. */
const cdrOf = ({ config }: CallRecords) => ({
  host: config.cdrHost,
  useProxy: String(config.cdrUseProxy),
});

export function loginReply(
  signedIn: SignedIn & { session: OpenedSession },
  services: CallRecords,
): HttpResponse {
  const { name, number } = roleOf(signedIn);
  const { key, token, expiresAt } = signedIn.session;
  return json(200, {
    key,
    token,
    username: signedIn.subject.username,
    expires: expiresAt * 1000,
    role: number,
    roleName: name,
    acl: effectiveAcl(signedIn),
    cdr: cdrOf(services),
  } satisfies v.InferOutput<typeof answers.LoggedIn>);
}

export const logoutReply = (): HttpResponse =>
  json(200, {
    status: 'OK',
    info: 'Successful logout.',
  } satisfies v.InferOutput<typeof answers.LoggedOut>);

export const issuedReply = (issued: Named & { token: string }): HttpResponse =>
  ok<v.InferOutput<typeof answers.IssuedDomainToken>>({
    data: dataOf(issued),
    token: issued.token,
  });

export const tokensReply = (tokens: readonly Named[]): HttpResponse =>
  ok<v.InferOutput<typeof answers.DomainTokens>>(tokens.map(dataOf));

export const tokenReply = (token: Named): HttpResponse =>
  ok<v.InferOutput<typeof answers.SwitchedDomainToken>>(dataOf(token));

const dataOf = ({ name, standing }: Named): v.InferOutput<typeof answers.DomainToken> => ({
  uuid: name.key,
  expire: (standing.expiresAt ?? 0) * 1000,
  roleName: standing.roles?.[0] ?? '',
  createdBy: standing.createdBy,
  createdOn: standing.issuedAt * 1000,
  enabled: !standing.disabled,
});

export const rolesReply = (roles: readonly Role[]): HttpResponse =>
  ok<v.InferOutput<typeof answers.Roles>>({
    roles: roles.map(({ name }) => name),
    parents: Object.fromEntries(
      roles.filter(({ parents }) => parents.length > 0).map(({ name, parents }) => [name, parents]),
    ),
  });

export const roleReply = ({ acl }: Role): HttpResponse =>
  ok<v.InferOutput<typeof answers.RoleAcl>>(acl);
export const createdReply = (): HttpResponse =>
  ok<v.InferOutput<typeof answers.Created>>('Created');
export const updatedReply = (): HttpResponse =>
  ok<v.InferOutput<typeof answers.Updated>>('Updated');
export const destroyedReply = (): HttpResponse =>
  ok<v.InferOutput<typeof answers.Destroyed>>('Destroyed');

/** A key need not expire. */
export const whoamiReply = (
  { subject, session, key, roles }: Caller,
  acl: Acl,
  services: CallRecords,
): HttpResponse =>
  json(200, {
    acl,
    id: subject.kind === 'domain' ? `${key}@${subject.domain}` : subject.username,
    domain: subject.domain,
    roleName: roles[0] ?? '',
    ...(session.expiresAt !== undefined && { expires: session.expiresAt * 1000 }),
    cdr: cdrOf(services),
  } satisfies v.InferOutput<typeof answers.Whoami>);

const ok = <A extends { status: 'OK'; info: unknown }>(info: A['info']): HttpResponse =>
  json(200, { status: 'OK', info });
