/**
 * The parameters of an authorization request: each at most once, an empty one as good as omitted.
 *
 * One that was sent twice, or as an array (`scope[]`), has no value at all, so that nobody acts on
 * either of them: a state sent twice is not echoed, a redirect URI sent twice is none.
 *
 * @module
 * @see RFC 6749 §3.1 (once each, empty is omitted, unknown is ignored)
 */
export type Parameters = ReadonlyMap<string, string>;
export type SentParameters = { parameters: Parameters; repeated: ReadonlySet<string> };

/** Those that have a meaning here, or one that has to be refused. */
const KNOWN = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'prompt',
  'max_age',
  'login_hint',
  'id_token_hint',
  'acr_values',
  'claims',
  'display',
  'ui_locales',
  'claims_locales',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
  'registration',
];
const ARRAY = /^([a-z_]+)\[/;

export function readParameters(sent: URLSearchParams): SentParameters {
  const parameters = new Map<string, string>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [name, value] of sent) {
    const base = ARRAY.exec(name)?.[1] ?? '';
    if (KNOWN.includes(base)) repeated.add(base);
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
    if (value !== '') parameters.set(name, value);
  }
  for (const name of repeated) parameters.delete(name);
  return { parameters, repeated };
}
