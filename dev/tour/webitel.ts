/**
 * Webitel: both halves of the credential, who calls, roles, domain tokens, and the logout.
 *
 * @module
 */
import { type Chapter, JSON_BODY } from './step.ts';

const BOTH = { 'X-Access-Token': '<token>', 'X-Key': '<key>' };
const TOKENS = '/api/v2/domains/mydomain.com/settings/token';

export const WEBITEL: Chapter = {
  name: 'Webitel',
  steps: [
    {
      title: 'log in',
      call: 'POST /login',
      headers: JSON_BODY,
      body: '{ "username": "100@mydomain.com", "password": "secret" }',
      status: 200,
      keep: { token: 'token', key: 'key' },
    },
    {
      title: 'no user name',
      call: 'POST /login',
      headers: JSON_BODY,
      body: '{ "password": "secret" }',
      status: 400,
    },
    { title: 'a protected call', call: 'GET /cdr', at: 'example', headers: BOTH, status: 200 },
    { title: 'who calls', call: 'GET /api/v2/whoami', headers: BOTH, status: 200 },
  ],
};

export const ROLES: Chapter = {
  name: 'Webitel: roles',
  steps: [
    { title: 'all roles', call: 'GET /api/v2/acl/roles', headers: BOTH, status: 200 },
    { title: 'one role', call: 'GET /api/v2/acl/roles/user', headers: BOTH, status: 200 },
    {
      title: 'make a role',
      call: 'POST /api/v2/acl/roles',
      headers: { ...JSON_BODY, ...BOTH },
      body: '{ "roles": "tour-<run>", "allows": { "cdr": ["r"] }, "parents": ["user"] }',
      status: 200,
      note: 'the name is a new one at every run, since a deleted name rests for two minutes',
    },
    {
      title: 'set its letters',
      call: 'PUT /api/v2/acl/roles/tour-<run>',
      headers: { ...JSON_BODY, ...BOTH },
      body: '{ "cdr": ["r", "u"] }',
      status: 200,
    },
    {
      title: 'delete it',
      call: 'DELETE /api/v2/acl/roles/tour-<run>',
      headers: BOTH,
      status: 200,
    },
  ],
};

export const DOMAIN_TOKENS: Chapter = {
  name: 'Webitel: domain tokens',
  steps: [
    {
      title: 'issue one',
      call: `POST ${TOKENS}`,
      headers: { ...JSON_BODY, ...BOTH },
      body: '{ "expire": <in an hour>, "role": "user" }',
      status: 200,
      keep: { uuid: 'info.data.uuid', 'domain token': 'info.token' },
    },
    { title: 'list them', call: `GET ${TOKENS}`, headers: BOTH, status: 200 },
    {
      title: 'a protected call with it, and no X-Key',
      call: 'GET /cdr',
      at: 'example',
      headers: { 'X-Access-Token': '<domain token>' },
      status: 200,
    },
    {
      title: 'switch it off',
      call: `PATCH ${TOKENS}/<uuid>`,
      headers: { ...JSON_BODY, ...BOTH },
      body: '{ "state": false }',
      status: 200,
    },
    {
      title: 'the next call with it is refused',
      call: 'GET /cdr',
      at: 'example',
      headers: { 'X-Access-Token': '<domain token>' },
      status: 401,
    },
    { title: 'delete it', call: `DELETE ${TOKENS}/<uuid>`, headers: BOTH, status: 200 },
  ],
};

export const LOGOUT: Chapter = {
  name: 'Logout',
  steps: [
    { title: 'Webitel: log out', call: 'POST /logout', headers: BOTH, status: 200 },
    {
      title: 'the next call is refused',
      call: 'GET /cdr',
      at: 'example',
      headers: BOTH,
      status: 401,
    },
    { title: 'and so is another logout', call: 'POST /logout', headers: BOTH, status: 401 },
  ],
};
