/** Users' accounts, as Appmixer and Faveo have them. */
import { type Call, json, type Kept, keepAs, kept, type Try } from '../tries.ts';

const EMAIL = 'new@example.com';

const admin = (known: Kept) => ({ authorization: `Bearer ${kept(known, 'administrator')}` });
const own = (known: Kept) => ({ authorization: `Bearer ${kept(known, 'user')}` });
const refused: Try['bad'] = { status: 401 };
const byAdmin = (known: Kept, target?: string): Call => ({
  headers: admin(known),
  ...(target !== undefined && { target }),
});

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
    // It is root's.
    good: { status: 403, call: (k) => byAdmin(k) },
    bad: refused,
  },
  {
    route: 'POST /api/v1/helpdesk/api_key',
    good: { status: 403, call: (k) => byAdmin(k) },
    bad: refused,
  },
];
