/**
 * The Webitel face: sign-in and logout, domain tokens, roles.
 *
 * @module
 */
import * as v from 'valibot';
import { AclInput } from '../../manage/roles/check-acl.ts';
import { type Face, json, type Operation, TO_LOGIN } from '../../openapi/operation.ts';
import { refusals } from '../../openapi/refusals.ts';
import { ANY_CALLER, BOTH_HALVES, NOBODY_IN_PARTICULAR } from '../../openapi/security.ts';
import * as answers from './answers.ts';
import * as schemas from './schemas.ts';

/** What `allows` holds is checked against the registry of resources. */
const NewRole = v.object({ ...schemas.NewRole.entries, allows: v.nullish(AclInput, {}) });

const refused = refusals({ 'application/json': answers.Failed });

const login: Operation = {
  id: 'webitelLogin',
  summary: 'Log in: a name and a password for a key and a token.',
  security: NOBODY_IN_PARTICULAR,
  body: {
    content: { 'application/json': schemas.Login },
    example: { username: '100@mydomain.com', password: 'secret' },
  },
  answers: { 200: json(answers.LoggedIn, 'Logged in.'), ...refused(400, 401, 404, 429) },
};

const logout: Operation = {
  id: 'webitelLogout',
  summary: 'Log out: from the answer on, every call with this key is refused.',
  description: 'Both halves of the credential are needed: in headers, or in the body or the query.',
  security: BOTH_HALVES,
  query: schemas.Halves,
  about: { access_token: 'In place of X-Access-Token.', x_key: 'In place of X-Key.' },
  body: {
    content: {
      'application/json': schemas.Halves,
      'application/x-www-form-urlencoded': schemas.Halves,
    },
    optional: true,
  },
  answers: { 200: json(answers.LoggedOut, 'Logged out.'), ...refused(400, 401) },
};

const TOKENS = '/api/v2/domains/{name}/settings/token';
const tokens = {
  [`POST ${TOKENS}`]: {
    id: 'webitelIssueDomainToken',
    summary: 'Issue a token of a whole domain, with a role of it.',
    description: '`expire` is milliseconds since the epoch. The token is shown this once.',
    security: ANY_CALLER,
    body: {
      content: { 'application/json': schemas.NewDomainToken },
      example: { expire: 1_900_000_000_000, role: 'user' },
    },
    answers: {
      200: json(answers.IssuedDomainToken, 'Issued.'),
      ...refused(400, 401, 403, 404),
    },
  },
  [`GET ${TOKENS}`]: {
    id: 'webitelListDomainTokens',
    summary: 'List the tokens of a domain, at most 40.',
    security: ANY_CALLER,
    answers: {
      200: json(answers.DomainTokens, 'The tokens, without their text.'),
      ...refused(400, 401, 403),
    },
  },
  [`PATCH ${TOKENS}/{uuid}`]: {
    id: 'webitelSwitchDomainToken',
    summary: 'Switch a domain token off or on.',
    security: ANY_CALLER,
    body: { content: { 'application/json': schemas.DomainTokenState }, example: { state: false } },
    answers: {
      200: json(answers.SwitchedDomainToken, 'As it is now.'),
      ...refused(400, 401, 403, 404),
    },
  },
  [`DELETE ${TOKENS}/{uuid}`]: {
    id: 'webitelDeleteDomainToken',
    summary: 'Delete a domain token.',
    security: ANY_CALLER,
    answers: { 200: json(answers.Destroyed, 'Deleted.'), ...refused(400, 401, 403, 404) },
  },
} satisfies Record<string, Operation>;

const ROLES = '/api/v2/acl/roles';
const roles = {
  [`GET ${ROLES}`]: {
    id: 'webitelListRoles',
    summary: 'List roles and their parents; `root` is not shown.',
    security: ANY_CALLER,
    answers: { 200: json(answers.Roles, 'All roles.'), ...refused(401, 403) },
  },
  [`POST ${ROLES}`]: {
    id: 'webitelCreateRole',
    summary: 'Create a role.',
    security: ANY_CALLER,
    body: {
      content: { 'application/json': NewRole },
      example: { roles: 'support', parents: ['user'], allows: { cdr: ['r'] } },
    },
    answers: { 200: json(answers.Created, 'Created.'), ...refused(400, 401, 403, 404, 409) },
  },
  [`GET ${ROLES}/{name}`]: {
    id: 'webitelShowRole',
    summary: 'Show what a role may do, without what its parents pass on.',
    security: ANY_CALLER,
    answers: { 200: json(answers.RoleAcl, 'Resource to letters.'), ...refused(400, 401, 403, 404) },
  },
  [`PUT ${ROLES}/{name}`]: {
    id: 'webitelSetRole',
    summary: 'Set the letters of a role, of the resources that are named.',
    security: ANY_CALLER,
    body: { content: { 'application/json': AclInput }, example: { cdr: ['r', 'u'] } },
    answers: { 200: json(answers.Updated, 'Set.'), ...refused(400, 401, 403, 404, 409) },
  },
  [`DELETE ${ROLES}/{name}`]: {
    id: 'webitelDeleteRole',
    summary: 'Delete a role that nobody holds.',
    security: ANY_CALLER,
    answers: { 200: json(answers.Destroyed, 'Deleted.'), ...refused(400, 401, 403, 404, 409) },
  },
} satisfies Record<string, Operation>;

const whoami: Operation = {
  id: 'webitelWhoami',
  summary: 'Show who calls, and what the caller may do.',
  security: ANY_CALLER,
  answers: { 200: json(answers.Whoami, 'The caller.'), 303: TO_LOGIN, ...refused(401, 403) },
};

export const WEBITEL: Face = {
  tag: 'Webitel',
  description: 'Keys and tokens with an ACL, domain tokens, roles.',
  prefix: 'Webitel',
  requests: [{ ...schemas, NewRole }],
  answers: [answers],
  operations: {
    'POST /login': login,
    'POST /logout': logout,
    ...tokens,
    ...roles,
    'GET /api/v2/whoami': whoami,
  },
};
