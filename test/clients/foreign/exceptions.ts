/**
 * What Schemathesis finds and is meant so: each with its reason. A finding is by its check, its operation
 * and the answer's body; all three have to fit.
 */
import type { Finding } from './findings.ts';

export type Exception = { check: string; operation: RegExp; answer: RegExp; why: string };

const ANY = /./;
export const EXCEPTIONS: readonly Exception[] = [
  {
    check: 'missing_required_header',
    operation: /^(PATCH|POST) \/admin\/api\//,
    answer: /"rule":"if-match-missing"/,
    why: '428 is the answer to a change without If-Match (RFC 6585 §3), and documented',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(PATCH|POST|DELETE) \/admin\/api\//,
    answer: /"rule":"changed-meanwhile"/,
    why: '412 is the answer to an ETag of another state (RFC 9110 §13.1.1)',
  },
  {
    check: 'unsupported_method',
    operation: /^GET \/users\/count$/,
    answer: /There is no such user/,
    why: 'PUT and DELETE are there at /users/{id}, and `count` is no user',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(PATCH|POST|DELETE) \/admin\/api\//,
    answer: /"rule":"if-match-malformed"/,
    why: 'it sends `0`, which the documented form forbids, and counts it as allowed',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^GET \/admin\/api\/audit$/,
    answer: /"rule":"range-reversed"/,
    why: 'that the beginning is before the end, no schema says of two parameters',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^GET \/admin\/api\/(domain-tokens|keys)$/,
    answer: /"rule":"creator-beside-owner"/,
    why: 'that one parameter leaves no room for another, no schema says of two parameters',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^POST \/admin\/api\/users\/imports$/,
    answer: /import\.lines: must be as many as the users/,
    why: 'that one list is as long as another, no schema says',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(POST|PATCH) \/admin\/api\/clients\b/,
    answer: /"rule":"(client|redirect-uri|server-uri|origin|jwks|grants|pkce|scope)-[a-z-]+"/,
    why: 'what a client may be is judged as a whole: its URIs, grants and keys go together (RFC 7591 §2)',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(POST|PUT) \/api\/v2\/acl\/roles/,
    answer: /must be a role name/,
    why: "the product takes one name or a list of them, and each has a role's grammar",
  },
  {
    check: 'positive_data_acceptance',
    operation: /^GET \/admin\/api\//,
    answer: /"rule":"cursor-foreign"/,
    why: 'a cursor is one that we made, for this caller and this list; its form does not say so',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^POST \/user\/forgot-password\/reset$/,
    answer: /code: is not valid, or not any more/,
    why: 'a code is the secret of a link that we mailed, works once and not for long; no schema knows it',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(GET|POST) \/(oauth|session|login\/connect)\//,
    answer: ANY,
    why: 'what OAuth takes depends on what is registered, granted and signed in; a schema has the names alone',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(POST|PATCH|PUT) \/(admin\/api\/|api\/v2\/acl\/roles|users\/)/,
    answer: /"rule":"[a-z-]+-(unknown|unregistered)"|is not a registered resource|no such role/,
    why: 'names something that has to be there, which a schema cannot know',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(POST|PATCH) \/admin\/api\/resources/,
    answer: /"rule":"(resource-name|pattern)-[a-z-]+"/,
    why: 'whether a name or a pattern may stand is judged with all the others, by the registry',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(GET|DELETE|POST) \/admin\/api\/(sessions|keys)$/,
    answer: /"rule":"(subject-or-domain|subject-beside-domain|key-roles-missing|acl-beside-roles)"/,
    why: 'one of two members: the document says so in words, since generators lose a union of parameters',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(POST|PUT|PATCH) \/(user|users|admin\/api\/users)\b/,
    answer: /password: |"rule":"password-/,
    why: "how long a password has to be is the domain's rule, and what is guessed first is refused",
  },
  {
    check: 'positive_data_acceptance',
    operation: /^(POST|PATCH) \/admin\/api\/users\b/,
    answer: /"rule":"login-name-unusable"/,
    why: 'what a sign-in name may be is judged after its normalisation, which no pattern says',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^POST \/admin\/api\/(clients|keys|domain-tokens)\b/,
    answer: /"rule":"overlap-out-of-range"/,
    why: 'for how long a former secret may work is a rule of its own, above what any length of time may be',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^PUT \/users\/\{id\}$/,
    answer: /(id|created): cannot be changed/,
    why: 'the product sends back what it got; another value is refused',
  },
  {
    check: 'positive_data_acceptance',
    operation: /^GET \/users(\/count)?$/,
    answer: /pattern: cannot be part of a name/,
    why: 'a control character is in no name: it would find nobody',
  },
  {
    check: 'positive_data_acceptance',
    operation: /settings\/token$/,
    answer: /Bad expire date\./,
    why: "the time has to lie ahead, within the product's limit",
  },
  {
    check: 'positive_data_acceptance',
    operation: /^POST \/api\/v1\/authenticate$/,
    answer: /is required|was sent twice/,
    why: 'each member is in the query or in the body, in one of them, and once',
  },
  {
    check: 'negative_data_rejection',
    operation: /^POST \/api\/v1\/authenticate$/,
    answer: ANY,
    why: 'the body wins: what the query says of the same member is not read',
  },
];

export const isExpected = ({ check, operation, answer }: Finding): boolean =>
  EXCEPTIONS.some(
    (one) => one.check === check && one.operation.test(operation) && one.answer.test(answer),
  );
