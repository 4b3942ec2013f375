/**
 * The Webitel dialect: its requests as our values, our results as its answers. No rule lives here.
 *
 * Errors: { "status": "error", "info": text } with 400, 401, 403, 404, 409, 429 and the texts of its documentation.
 *
 * @module
 */
import * as v from 'valibot';
import { AuthError, refuse, sentenceOf } from '../../errors.ts';
import type { Presented } from '../../http/credential.ts';
import { type HttpRequest, jsonObject, mediaType } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { RuleName } from '../../rules.ts';
import type { Refusal, SignedIn } from '../../sign-in/authenticate.ts';
import type { OpenedSession } from '../../sign-in/open-session.ts';
import type { Acl } from '../../store/directory/roles.ts';
import { mergeAcls } from '../../verdict/acl.ts';
import type * as answers from './answers.ts';
import { Halves, Login } from './schemas.ts';

/** Ours to its own. */
const FIELDS: Readonly<Record<string, string>> = { name: 'roles', acl: 'allows' };
/** Those of its documentation. */
const WORDS: Readonly<Partial<Record<RuleName, string>>> = {
  'credentials-wrong': 'Invalid credentials',
  'user-unknown': 'User not found',
  'domain-not-found': 'Domain not found',
};

export const showError = ({ said }: AuthError): v.InferOutput<typeof answers.Failed> =>
  failed(said, FIELDS);

/** Where the body is the ACL. */
export const showAclError = ({ said }: AuthError): v.InferOutput<typeof answers.Failed> =>
  failed(said, { acl: 'body' });

const failed = (said: AuthError['said'], fields: typeof FIELDS) => ({
  status: 'error' as const,
  info:
    said.code === 'insufficient_scope'
      ? 'Permission denied!'
      : (WORDS[said.rule] ?? sentenceOf(said, fields)),
});

export const badCaller = (reason: string): AuthError =>
  new AuthError({ code: 'invalid_token', rule: 'caller-unproven', text: 'Bad caller', reason });

export const refusal = (reason: Refusal, revealUnknownUser: boolean): AuthError =>
  reason === 'unknown_user' && revealUnknownUser
    ? refuse('unknown_user', 'user-unknown', 'There is no such user.')
    : new AuthError({
        code: 'invalid_credentials',
        rule: 'credentials-wrong',
        text: 'Invalid username or password',
        reason,
      });

export function readLogin(request: HttpRequest): v.InferOutput<typeof Login> {
  const { username = null, password } = jsonObject(request);
  const sent = v.safeParse(Login, { username, password }, { abortEarly: true });
  if (sent.success) return sent.output;
  throw sent.issues[0].path?.[0]?.key === 'username'
    ? refuse('invalid_request', 'username-missing', 'User name is required')
    : refuse('invalid_request', 'password-malformed', 'The password must be a string');
}

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

/** `expires` is milliseconds, and `useProxy` a string, as its clients expect. */
export function loginReply(
  signedIn: SignedIn,
  { key, token, expiresAt }: OpenedSession,
  cdr: { host: string; useProxy: boolean },
): HttpResponse {
  const { name, number } = roleOf(signedIn);
  return json(200, {
    key,
    token,
    username: signedIn.subject.username,
    expires: expiresAt * 1000,
    role: number,
    roleName: name,
    acl: effectiveAcl(signedIn),
    cdr: { host: cdr.host, useProxy: String(cdr.useProxy) },
  } satisfies v.InferOutput<typeof answers.LoggedIn>);
}

/** Headers first; the product's clients may also send both halves in the body or the query. */
export function readLogout(request: HttpRequest): Presented {
  const { headers } = request;
  const token = headers['x-access-token'] || elsewhere(request, 'access_token');
  const key = headers['x-key'] || headers['x_key'] || elsewhere(request, 'x_key');
  if (!token || !key) throw badCaller('a half of the credential is missing');
  return { token, key, pair: true };
}

export const logoutReply = (): HttpResponse =>
  json(200, {
    status: 'OK',
    info: 'Successful logout.',
  } satisfies v.InferOutput<typeof answers.LoggedOut>);

type Half = keyof v.InferOutput<typeof Halves>;

const elsewhere = (request: HttpRequest, name: Half): string | undefined =>
  v.parse(Halves, membersOf(request))[name] ?? request.query.get(name) ?? undefined;

/** A body that is not a JSON object holds no half: "Bad caller", like a request without one. */
function membersOf(request: HttpRequest): object {
  switch (mediaType(request)) {
    case 'application/json':
      try {
        return jsonObject(request);
      } catch {
        return {};
      }
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(request.body));
    default:
      return {};
  }
}
