/** The routes of Webitel, Appmixer and Faveo. */
import { basic } from '../../support/clients.ts';
import { type Call, json, type Kept, keepAs, kept, type Try } from '../tries.ts';

const WRONG = { username: '100@mydomain.com', password: 'wrong' };
const ROOT = { username: '100@mydomain.com', password: 'secret' };
const TOKENS = '/api/v2/domains/mydomain.com/settings/token';
const EMAIL = 'new@example.com';

const both = (known: Kept) => ({
  'x-access-token': kept(known, 'token'),
  'x-key': kept(known, 'key'),
});
const admin = (known: Kept) => ({ authorization: `Bearer ${kept(known, 'administrator')}` });
const own = (known: Kept) => ({ authorization: `Bearer ${kept(known, 'user')}` });
const refused: Try['bad'] = { status: 401 };
const of = (target: string, known: Kept): Call => ({ target, headers: both(known) });
const byAdmin = (known: Kept, target?: string): Call => ({
  headers: admin(known),
  ...(target !== undefined && { target }),
});

export const SIGN_IN: readonly Try[] = [
  {
    route: 'POST /login',
    good: {
      status: 200,
      call: () => json(ROOT),
      keep: (answer, known) => {
        known.set('token', String(answer.body['token']));
        known.set('key', String(answer.body['key']));
      },
    },
    bad: { status: 401, call: () => json(WRONG) },
  },
  {
    route: 'POST /user/auth',
    good: {
      status: 200,
      call: () => json({ username: 'demoadmin', password: 'demopass' }),
      keep: keepAs('administrator', 'token'),
    },
    bad: { status: 400, call: () => json({ username: 'demoadmin' }) },
  },
  {
    route: 'POST /api/v1/authenticate',
    good: { status: 200, call: () => json({ username: 'demoadmin', password: 'demopass' }) },
    bad: { status: 401, call: () => json({ username: 'demoadmin', password: 'wrong' }) },
  },
];

export const USERS: readonly Try[] = [
  {
    route: 'POST /user',
    good: {
      status: 200,
      call: () => json({ username: EMAIL, email: EMAIL, password: 'abc321' }),
      keep: (answer, known) => {
        keepAs('user', 'token')(answer, known);
        keepAs('id', 'user.id')(answer, known);
      },
    },
    bad: { status: 409, call: () => json({ username: EMAIL, email: EMAIL, password: 'abc321' }) },
  },
  { route: 'GET /user', good: { status: 200, call: (k) => ({ headers: own(k) }) }, bad: refused },
  {
    route: 'POST /user/change-password',
    good: {
      status: 200,
      call: (k) => json({ oldPassword: 'abc321', newPassword: 'abc321-new' }, own(k)),
    },
    bad: {
      status: 400,
      call: (k) => json({ oldPassword: 'wrong', newPassword: 'abc321-other' }, own(k)),
    },
  },
  {
    route: 'POST /user/reset-password',
    good: { status: 200, call: (k) => json({ email: EMAIL, password: 'abc321' }, admin(k)) },
    bad: { status: 404, call: (k) => json({ email: 'no@example.com', password: 'x' }, admin(k)) },
  },
  { route: 'GET /users', good: { status: 200, call: (k) => byAdmin(k) }, bad: refused },
  { route: 'GET /users/count', good: { status: 200, call: (k) => byAdmin(k) }, bad: refused },
  {
    route: 'GET /users/{id}',
    good: { status: 200, call: (k) => byAdmin(k, `/users/${kept(k, 'id')}`) },
    bad: { status: 404, call: (k) => byAdmin(k, '/users/nobody') },
  },
  {
    route: 'PUT /users/{id}',
    good: {
      status: 200,
      call: (k) => ({
        ...json({ scope: ['user'], vendor: 'example' }, admin(k)),
        target: `/users/${kept(k, 'id')}`,
      }),
    },
    bad: {
      status: 400,
      call: (k) => ({ ...json({ scope: 7 }, admin(k)), target: `/users/${kept(k, 'id')}` }),
    },
  },
  {
    route: 'DELETE /users/{id}',
    good: {
      status: 200,
      call: (k) => byAdmin(k, `/users/${kept(k, 'id')}`),
      keep: keepAs('ticket', 'ticket'),
    },
    bad: { status: 404, call: (k) => byAdmin(k, '/users/nobody') },
  },
  {
    route: 'GET /users/{id}/delete-status/{ticket}',
    good: {
      status: 200,
      call: (k) => byAdmin(k, `/users/${kept(k, 'id')}/delete-status/${kept(k, 'ticket')}`),
    },
    bad: { status: 404, call: (k) => byAdmin(k, `/users/${kept(k, 'id')}/delete-status/none`) },
  },
  {
    route: 'GET /api/v1/authenticate/user',
    good: { status: 200, call: (k) => byAdmin(k) },
    bad: refused,
  },
  {
    route: 'GET /api/v1/helpdesk/api_key',
    good: { status: 200, call: (k) => byAdmin(k) },
    bad: refused,
  },
];

export const WEBITEL: readonly Try[] = [
  {
    route: 'GET /api/v2/whoami',
    good: { status: 200, call: (k) => ({ headers: both(k) }) },
    bad: refused,
  },
  {
    route: 'POST /api/v2/domains/{name}/settings/token',
    good: {
      status: 200,
      call: (k) => ({
        ...json({ expire: Date.now() + 3_600_000, role: 'user' }, both(k)),
        target: TOKENS,
      }),
      keep: keepAs('uuid', 'info.data.uuid'),
    },
    bad: {
      status: 400,
      call: (k) => ({ ...json({ expire: 'never', role: 'user' }, both(k)), target: TOKENS }),
    },
  },
  {
    route: 'GET /api/v2/domains/{name}/settings/token',
    good: { status: 200, call: (k) => of(TOKENS, k) },
    bad: { status: 401, call: () => ({ target: TOKENS }) },
  },
  {
    route: 'PATCH /api/v2/domains/{name}/settings/token/{uuid}',
    good: {
      status: 200,
      call: (k) => ({ ...json({ state: false }, both(k)), target: `${TOKENS}/${kept(k, 'uuid')}` }),
    },
    bad: {
      status: 404,
      call: (k) => ({ ...json({ state: false }, both(k)), target: `${TOKENS}/none` }),
    },
  },
  {
    route: 'DELETE /api/v2/domains/{name}/settings/token/{uuid}',
    good: { status: 200, call: (k) => of(`${TOKENS}/${kept(k, 'uuid')}`, k) },
    bad: { status: 404, call: (k) => of(`${TOKENS}/none`, k) },
  },
  {
    route: 'GET /api/v2/acl/roles',
    good: { status: 200, call: (k) => ({ headers: both(k) }) },
    bad: { status: 401, call: () => ({ headers: basic('a:b') }) },
  },
  {
    route: 'POST /api/v2/acl/roles',
    good: {
      status: 200,
      call: (k) => json({ roles: 'clerk', allows: { cdr: ['r'] }, parents: ['user'] }, both(k)),
    },
    bad: {
      status: 400,
      call: (k) => json({ roles: 'other', allows: { nothing: ['r'] } }, both(k)),
    },
  },
  {
    route: 'GET /api/v2/acl/roles/{name}',
    good: { status: 200, call: (k) => of('/api/v2/acl/roles/clerk', k) },
    bad: { status: 404, call: (k) => of('/api/v2/acl/roles/none', k) },
  },
  {
    route: 'PUT /api/v2/acl/roles/{name}',
    good: {
      status: 200,
      call: (k) => ({ ...json({ cdr: ['r', 'u'] }, both(k)), target: '/api/v2/acl/roles/clerk' }),
    },
    bad: {
      status: 400,
      call: (k) => ({ ...json({ cdr: 7 }, both(k)), target: '/api/v2/acl/roles/clerk' }),
    },
  },
  {
    route: 'DELETE /api/v2/acl/roles/{name}',
    good: { status: 200, call: (k) => of('/api/v2/acl/roles/clerk', k) },
    bad: { status: 404, call: (k) => of('/api/v2/acl/roles/none', k) },
  },
];

export const LOG_OUT: readonly Try[] = [
  {
    route: 'POST /logout',
    good: { status: 200, call: (k) => ({ headers: both(k) }) },
    bad: { status: 401, call: (k) => ({ headers: both(k) }) },
  },
];
