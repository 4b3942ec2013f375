/** The admin API, whose every call asks our own authorizer first. */
import { json, type Kept, kept, type Try } from '../tries.ts';

const headers = (known: Kept) => ({ authorization: `Bearer ${kept(known, 'administrator')}` });
const patch = (value: unknown, known: Kept) =>
  json(value, {
    ...headers(known),
    'content-type': 'application/merge-patch+json',
    'if-match': kept(known, 'etag'),
  });

export const ADMIN: readonly Try[] = [
  {
    route: 'GET /admin/api/me',
    good: { status: 200, call: (k) => ({ headers: headers(k) }) },
    bad: { status: 401 },
  },
  {
    route: 'GET /admin/api/me/consents',
    good: { status: 200, call: (k) => ({ headers: headers(k) }) },
    bad: { status: 401 },
  },
  {
    route: 'DELETE /admin/api/me/consents',
    good: {
      status: 204,
      call: (k) => ({ target: '/admin/api/me/consents?client=none', headers: headers(k) }),
    },
    bad: { status: 401 },
  },
  {
    route: 'GET /admin/api/me/activity',
    good: { status: 200, call: (k) => ({ headers: headers(k) }) },
    bad: { status: 401 },
  },
  {
    route: 'GET /admin/api/me/explain',
    good: {
      status: 200,
      call: (k) => ({
        target: '/admin/api/me/explain?method=GET&path=/admin/api/users',
        headers: headers(k),
      }),
    },
    bad: { status: 401 },
  },
  {
    route: 'POST /admin/api/domain-tokens',
    good: {
      status: 201,
      call: (k) =>
        json({ role: 'user', expiresAt: Math.floor(Date.now() / 1000) + 3600 }, headers(k)),
    },
    bad: { status: 401, call: () => json({ role: 'user' }) },
  },
  {
    route: 'GET /admin/api/{proxy+}',
    good: { status: 200, call: (k) => ({ target: '/admin/api/users', headers: headers(k) }) },
    bad: { status: 401, call: () => ({ target: '/admin/api/users' }) },
  },
  {
    route: 'POST /admin/api/{proxy+}',
    good: {
      status: 201,
      call: (k) => ({
        ...json({ username: 'made', password: 'abc321', domain: 'mydomain.com' }, headers(k)),
        target: '/admin/api/users',
      }),
      keep: ({ body, headers: { etag = '' } }, known) => {
        known.set('made', String(body['id']));
        known.set('etag', etag);
      },
    },
    bad: {
      status: 400,
      call: (k) => ({ ...json({ username: 7 }, headers(k)), target: '/admin/api/users' }),
    },
  },
  {
    route: 'PATCH /admin/api/{proxy+}',
    good: {
      status: 200,
      call: (k) => ({
        ...patch({ disabled: true }, k),
        target: `/admin/api/users/${kept(k, 'made')}`,
      }),
      keep: ({ headers: { etag = '' } }, known) => void known.set('etag', etag),
    },
    bad: {
      status: 428,
      call: (k) => ({
        ...json({ disabled: false }, headers(k)),
        target: `/admin/api/users/${kept(k, 'made')}`,
      }),
    },
  },
  {
    route: 'PUT /admin/api/{proxy+}',
    // There is nothing to put, as it says itself.
    good: { status: 405, call: (k) => ({ ...json({}, headers(k)), target: '/admin/api/users' }) },
    bad: { status: 401, call: () => ({ ...json({}), target: '/admin/api/users' }) },
  },
  {
    route: 'DELETE /admin/api/{proxy+}',
    good: {
      status: 204,
      call: (k) => ({
        target: `/admin/api/users/${kept(k, 'made')}`,
        headers: { ...headers(k), 'if-match': kept(k, 'etag') },
      }),
    },
    bad: {
      status: 403,
      call: (k) => ({ target: '/admin/api/roles/user', headers: headers(k) }),
    },
  },
];
