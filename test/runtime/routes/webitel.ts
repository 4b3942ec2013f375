/** Webitel's administration, and its logout. */
import { basic } from '../../support/actors/clients.ts';
import { type Call, json, type Kept, keepAs, kept, type Try } from '../tries.ts';

const TOKENS = '/api/v2/domains/mydomain.com/settings/token';

const both = (known: Kept) => ({
  'x-access-token': kept(known, 'token'),
  'x-key': kept(known, 'key'),
});
const refused: Try['bad'] = { status: 401 };
const of = (target: string, known: Kept): Call => ({ target, headers: both(known) });

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
