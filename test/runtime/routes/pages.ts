/** The pages on which users sign in, agree, and sign out. */
import { form } from '../../support/actors/clients.ts';
import {
  filledIn,
  type Kept,
  keepCookies,
  keepPage,
  kept,
  type Try,
  withCookies,
} from '../tries.ts';

export const CALLBACK = 'http://127.0.0.1:9999/callback';
const BYE = 'http://127.0.0.1:9999/bye';
const REQUEST = {
  client_id: 'demo-web',
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: 'openid',
};
const authorize = (more: Record<string, string> = {}): string =>
  `/oauth/authorize?${new URLSearchParams({ ...REQUEST, ...more })}`;
const STRANGER = { client_id: 'none' };
const end = (known: Kept) => ({
  id_token_hint: kept(known, 'id token'),
  post_logout_redirect_uri: BYE,
});

export const SIGN_IN_PAGES: readonly Try[] = [
  {
    route: 'GET /oauth/login',
    good: { status: 200, call: () => ({ target: '/oauth/login?return_to=/user' }) },
    bad: { status: 400, call: () => ({ target: '/oauth/login?return_to=//elsewhere.example' }) },
  },
  {
    route: 'GET /oauth/authorize',
    good: { status: 200, call: () => ({ target: authorize() }), keep: keepPage },
    bad: { status: 400, call: () => ({ target: authorize(STRANGER) }) },
  },
  {
    route: 'POST /oauth/login',
    good: {
      status: 200,
      call: (k) => filledIn(k, { username: '200@mydomain.com', password: 'secret' }),
      keep: keepPage,
    },
    bad: { status: 400, call: () => form({ username: '200@mydomain.com', password: 'secret' }) },
  },
  {
    route: 'POST /oauth/consent',
    good: {
      status: 303,
      call: (k) => filledIn(k, { action: 'allow' }),
      keep: (answer, known) => {
        keepCookies(answer, known);
        const { searchParams } = new URL(String(answer.headers['location']));
        known.set('code', searchParams.get('code') ?? '');
      },
    },
    bad: { status: 400, call: (k) => filledIn(k, { action: 'allow', token: 'forged' }) },
  },
];

export const CHOOSE_PAGES: readonly Try[] = [
  {
    route: 'POST /oauth/authorize',
    good: {
      status: 200,
      call: (k) => withCookies(k, form({ ...REQUEST, prompt: 'select_account' })),
      keep: keepPage,
    },
    bad: { status: 400, call: () => form({ ...REQUEST, ...STRANGER }) },
  },
  {
    route: 'POST /oauth/choose',
    good: { status: 303, call: (k) => filledIn(k, { action: 'continue' }) },
    bad: { status: 400, call: (k) => filledIn(k, { action: 'continue', token: 'forged' }) },
  },
];

export const SIGN_OUT_PAGES: readonly Try[] = [
  {
    route: 'GET /session/end',
    good: {
      status: 200,
      call: (k) => withCookies(k, { target: `/session/end?${new URLSearchParams(end(k))}` }),
    },
    bad: { status: 400, call: () => ({ target: '/session/end?id_token_hint=none' }) },
  },
  {
    route: 'POST /session/end',
    good: { status: 200, call: (k) => withCookies(k, form(end(k))), keep: keepPage },
    bad: { status: 400, call: () => form({ id_token_hint: 'none' }) },
  },
  {
    route: 'POST /session/end/confirm',
    good: { status: 303, call: (k) => filledIn(k, { action: 'yes' }) },
    bad: { status: 400, call: (k) => filledIn(k, { action: 'perhaps' }) },
  },
];
