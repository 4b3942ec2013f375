/**
 * The Faveo dialect: its requests as our values, our results as its answers. No rule lives here.
 *
 * Parameters stand in the body (JSON or form) or in the query; the body wins. A body is the better
 * place: query strings end in the access logs of whatever lies between. Ours never hold them.
 *
 * Of the documented token's claims, `iss` is our issuer and not the URL of the endpoint, and `sub`
 * our user id: every verifier of this deployment compares the one and reads the other. `prv`, the
 * hash of a class name in the product's own code, would mean nothing here.
 *
 * Errors: { "Error": text, "status_code": number }, for a wrong API key { "result": "wrong api key" };
 *         in the style of the product's source `error` in lower case, and wrong credentials and keys
 *         with HTTP 200. Too many attempts are a 429 in both styles, which says when to try again.
 *
 * @module
 */
import type * as v from 'valibot';
import { AuthError, refuse } from '../../errors.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { parseInput } from '../../http/input.ts';
import { form, type HttpRequest, jsonObject, mediaType, parametersOf } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { RuleName } from '../../rules.ts';
import type { Refusal } from '../../sign-in/authenticate.ts';
import type { User } from '../../store/directory/users.ts';
import type * as answers from './answers.ts';
import { SignIn } from './schemas.ts';

/** What its clients compare. */
const WORDS: Readonly<Partial<Record<RuleName, string>>> = {
  'credentials-wrong': 'invalid_credentials',
  'credential-missing': 'Token not provided',
  'user-unknown': 'user_not_found',
};
const textOf = ({ said, message }: AuthError): string => WORDS[said.rule] ?? message;

/** How POST /api/v1/authenticate shows its errors. */
export const errorsAs = (sourceStyle: boolean): Omit<Endpoint, 'run'> => ({
  showError: (error): v.InferOutput<typeof answers.Failed> => {
    if (error.said.rule === 'application-key-wrong') return { result: 'wrong api key' };
    const [text, status_code] = [textOf(error), error.status];
    return sourceStyle ? { error: text, status_code } : { Error: text, status_code };
  },
  showStatus: ({ status }) => (sourceStyle && status === 401 ? 200 : status),
});

/** How the others show theirs. */
export const showAccessError = (error: AuthError): v.InferOutput<typeof answers.AccessFailed> => ({
  success: false,
  message: textOf(error),
});

/** One text for all, so that it does not tell who exists. */
export const refusal = (reason: Refusal): AuthError =>
  new AuthError({
    code: 'invalid_credentials',
    rule: 'credentials-wrong',
    text: 'Invalid username or password',
    reason,
  });

export const wrongApiKey = (): AuthError =>
  refuse('invalid_api_key', 'application-key-wrong', 'The API key is wrong.');
export const noToken = (): AuthError =>
  refuse('invalid_token', 'credential-missing', 'There is no credential.');
export const notAUser = (): AuthError =>
  refuse('not_found', 'user-unknown', 'There is no such user.');

/** An empty parameter counts as omitted. */
export function readSignIn(request: HttpRequest): {
  username: string;
  password: string;
  apiKey: string | undefined;
} {
  const body = Object.entries(bodyOf(request)).filter(([, value]) => value !== '');
  const sent = Object.fromEntries([...parametersOf(request.query), ...body]);
  const { username, password, api_key: apiKey } = parseInput(SignIn, sent);
  return { username, password, apiKey };
}

function bodyOf(request: HttpRequest): Readonly<Record<string, unknown>> {
  if (request.body === '') return {};
  if (mediaType(request) === 'application/json') return jsonObject(request);
  return Object.fromEntries(form(request));
}

/** What its clients look for in a token beside our own claims. @param now - Epoch seconds. */
export const claims = (now: number) => ({ nbf: now });

export const signInReply = (user: User, { token }: { token: string }): HttpResponse =>
  json(200, { token, user_id: profileOf(user) } satisfies v.InferOutput<typeof answers.SignedIn>);
export const userReply = (user: User): HttpResponse =>
  json(200, { user: profileOf(user) } satisfies v.InferOutput<typeof answers.User>);
export const apiKeyReply = (key: string): HttpResponse =>
  json(200, { result: key } satisfies v.InferOutput<typeof answers.ApplicationKey>);

/** All fields of the documentation, in its order; what we do not know is as empty as there. */
export const profileOf = ({ profile, ...user }: User): v.InferOutput<typeof answers.Profile> => ({
  id: numberOf(user.id),
  user_name: user.username,
  first_name: profile.given_name ?? '',
  last_name: profile.family_name ?? '',
  gender: 0,
  email: user.email ?? '',
  ban: user.disabled ? 1 : 0,
  active: user.activated ? 1 : 0,
  is_delete: 0,
  ext: '',
  country_code: 0,
  phone_number: profile.phone_number ?? '',
  mobile: null,
  agent_sign: '',
  account_type: '',
  account_status: '',
  assign_group: 1,
  primary_dpt: 1,
  agent_tzone: profile.zoneinfo ?? '',
  daylight_save: '',
  limit_access: '',
  directory_listing: '',
  vacation_mode: '',
  company: profile.company ?? '',
  role: user.roles[0] ?? '',
  internal_note: '',
  profile_pic: profile.picture ?? '',
  created_at: timeOf(user.createdAt),
  updated_at: timeOf(user.updatedAt),
  user_language: profile.locale ?? null,
});

/**
 * Its ids are integers, ours are 24 hexadecimal digits: the first 13 of them are 52 bits, the most
 * that a client can hold as a number without rounding. It names a user to a reader; nothing here
 * looks one up by it.
 */
const numberOf = (id: string): number => Number.parseInt(id.slice(0, 13), 16);

/** UTC, as 2018-08-13 14:22:49. */
const timeOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
