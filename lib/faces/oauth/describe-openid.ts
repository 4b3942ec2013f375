/**
 * OpenID Connect: the pages on which users sign in, agree and sign out, and what a client learns of
 * them. Pages are for browsers; what they refuse is a page too, or an answer to the client.
 *
 * @module
 */
import * as v from 'valibot';
import {
  type Answers,
  type Face,
  json,
  type ObjectSchema,
  type Operation,
} from '../../openapi/operation.ts';
import { refusals } from '../../openapi/refusals.ts';
import { BEARER_ONLY, CLIENT, NOBODY_IN_PARTICULAR } from '../../openapi/security.ts';
import * as answers from './answers.ts';
import * as schemas from './openid-schemas.ts';

const FORM = 'application/x-www-form-urlencoded';
const PAGE = { 'text/html': v.string() };
const refused = refusals(PAGE);
const failed = refusals({ 'application/json': answers.Failed });

const pages = (shown: string, led: string): Answers => ({
  200: { description: shown, content: PAGE },
  303: { description: led, headers: { Location: 'always' } },
  ...refused(400),
});

const asked = (id: string, summary: string, query: ObjectSchema): Operation => ({
  id,
  summary,
  security: NOBODY_IN_PARTICULAR,
  query,
  answers: pages('A page to sign in or agree on.', 'On to the client, or back.'),
});
/** After an attempt that was refused the page says how it was. */
const again = (operation: Operation): Operation => ({
  ...operation,
  answers: { ...operation.answers, ...refused(400, 429) },
});
const posted = (id: string, summary: string, schema: ObjectSchema, example: object): Operation => ({
  id,
  summary,
  security: NOBODY_IN_PARTICULAR,
  body: { content: { [FORM]: schema }, example, optional: true },
  answers: {
    ...pages('The next page, or this one again.', 'On to the client, or back.'),
    ...refused(400, 429),
  },
});
const submitted = (id: string, summary: string, action: string): Operation =>
  posted(id, summary, schemas.SignInForm, {
    action,
    request: 'client_id=x',
    token: 't',
    issued_at: '0',
  });

const AUTHORIZATION = { response_type: 'code', client_id: 'demo-web', scope: 'openid' };
const userinfo = (id: string): Operation => ({
  id,
  summary: 'The user of an access token, as claims (OpenID Connect Core §5.3).',
  security: BEARER_ONLY,
  answers: { 200: json(answers.UserInfo, 'As of now.'), ...failed(400, 401, 403) },
});

const introspection: Operation = {
  id: 'oauthIntrospect',
  summary: 'Whether a token works now, and what for (RFC 7662).',
  security: CLIENT,
  body: {
    content: { [FORM]: schemas.Introspection },
    example: { token: 'any', client_id: 'demo-api', client_secret: 'demo-api-password' },
  },
  answers: { 200: json(answers.Introspected, 'As of now.'), ...failed(400, 401) },
};

export const OPENID: Face = {
  tag: 'OpenID',
  description:
    'OpenID Connect: sign-in, consent and logout in the browser, and what clients learn.',
  prefix: 'OpenID',
  requests: [schemas],
  answers: [],
  operations: {
    'GET /oauth/authorize': asked(
      'authorize',
      'Ask for a code (RFC 6749 §4.1, OpenID Connect Core §3.1).',
      schemas.AuthorizationParameters,
    ),
    'POST /oauth/authorize': posted(
      'authorizeByPost',
      'The same, with the parameters in a form.',
      schemas.AuthorizationParameters,
      AUTHORIZATION,
    ),
    'GET /oauth/login': again(
      asked(
        'loginPage',
        'Sign in for a page of this service, and come back to it; or try again for a client.',
        schemas.LoginParameters,
      ),
    ),
    'POST /oauth/login': submitted('login', 'The form of the login page.', 'login'),
    'POST /oauth/choose': submitted('chooseAccount', 'The form of the account page.', 'continue'),
    'POST /oauth/consent': submitted('consent', 'The form of the consent page.', 'allow'),
    'GET /oauth/userinfo': userinfo('userinfo'),
    'POST /oauth/userinfo': userinfo('userinfoByPost'),
    'POST /oauth/introspect': introspection,
    'GET /session/end': asked(
      'endSession',
      'Sign out for a client (RP-Initiated Logout 1.0).',
      schemas.LogoutParameters,
    ),
    'POST /session/end': posted(
      'endSessionByPost',
      'The same, with the parameters in a form.',
      schemas.LogoutParameters,
      {},
    ),
    'POST /session/end/confirm': submitted('confirmLogout', 'The form of the logout page.', 'yes'),
  },
};
