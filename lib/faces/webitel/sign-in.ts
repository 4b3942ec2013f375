/**
 * The Webitel dialect: its requests as our values, our results as its answers. No rule lives here.
 *
 * Errors: { "status": "error", "info": text } with 400, 401, 403, 404, 409, 429 and the texts of its documentation.
 *
 * @module
 */
import * as v from 'valibot';
import { AuthError } from '../../errors.ts';
import type { Presented } from '../../http/credential.ts';
import { type HttpRequest, jsonObject, mediaType } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { Refusal, SignedIn } from '../../sign-in/authenticate.ts';
import type { OpenedSession } from '../../sign-in/open-session.ts';
import type { Acl } from '../../store/directory/roles.ts';
import { mergeAcls } from '../../verdict/acl.ts';
import type * as answers from './answers.ts';
import { Halves, Login } from './schemas.ts';

export const showError = ({ code, message }: AuthError): v.InferOutput<typeof answers.Failed> => ({
  status: 'error',
  info: code === 'insufficient_scope' ? 'Permission denied!' : message,
});

export const badCaller = (reason: string) => new AuthError('invalid_token', 'Bad caller', reason);

export const refusal = (status: Refusal, revealUnknownUser: boolean): AuthError =>
  status === 'unknown_user' && revealUnknownUser
    ? new AuthError('unknown_user', 'User not found')
    : new AuthError('invalid_credentials', 'Invalid credentials', status);

export function readLogin(request: HttpRequest): v.InferOutput<typeof Login> {
  const { username = null, password } = jsonObject(request);
  const sent = v.safeParse(Login, { username, password }, { abortEarly: true });
  if (!sent.success)
    throw new AuthError('invalid_request', sent.issues[0].message, 'the input does not fit');
  return sent.output;
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
