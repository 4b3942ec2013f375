/** The pages of one's own account, by whoever has signed in on the pages before. */
import { filledIn, keepPage, type Try, withCookies } from '../tries.ts';

const TO_SIGN_IN = 303;
const DONE = 303;
const look = (route: string, more: object = {}): Try => ({
  route,
  good: { status: 200, call: (k) => withCookies(k), ...more },
  bad: { status: TO_SIGN_IN, call: () => ({ headers: { accept: 'text/html' } }) },
});
const forge = { token: 'forged' };
const act = (route: string, fields: Record<string, string>, status = DONE): Try => ({
  route,
  good: { status, call: (k) => filledIn(k, fields) },
  bad: { status: 400, call: (k) => filledIn(k, { ...fields, ...forge }) },
});
const KEEP = { keep: keepPage };
/** The stage sends no mail, which the page says. */
const NO_MAIL = 503;
/** There is a form where the domain lets its people do so: the journeys go there. */
const NO_FORM = 400;

export const ACCOUNT: readonly Try[] = [
  look('GET /account'),
  look('GET /account/activity'),
  look('GET /account/export'),
  look('GET /account/delete'),
  look('GET /account/profile', KEEP),
  act('POST /account/profile', { nickname: 'Ace' }),
  look('GET /account/email', KEEP),
  act('POST /account/email', { email: 'new@example.com' }, NO_MAIL),
  look('GET /account/keys', KEEP),
  act('POST /account/keys', { name: 'ci', days: '30' }, 200),
  look('GET /account/sessions', KEEP),
  act('POST /account/sessions', { action: 'others' }),
  look('GET /account/applications', KEEP),
  act('POST /account/applications', {}),
  look('GET /account/password', KEEP),
  act('POST /account/password', { oldPassword: 'secret', newPassword: 'secret-new' }),
  {
    route: 'POST /account/delete',
    good: {
      status: NO_FORM,
      call: (k) => ({ ...filledIn(k, { name: 'x' }), target: '/account/delete' }),
    },
  },
];
