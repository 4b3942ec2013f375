/** Where the dialects sign their users in. */
import { json, keepAs, type Try } from '../tries.ts';

const WRONG = { username: '100@mydomain.com', password: 'wrong' };
const ROOT = { username: '100@mydomain.com', password: 'secret' };

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
