/**
 * The Faveo face: a name and a password, and a key of the calling application.
 *
 * @module
 */
import * as v from 'valibot';
import { type Face, json, type Operation, TO_LOGIN } from '../../openapi/operation.ts';
import { refusals } from '../../openapi/refusals.ts';
import { ANY_CALLER, IN_PERSON, NOBODY_IN_PARTICULAR, orInQuery } from '../../openapi/security.ts';
import * as answers from './answers.ts';
import * as schemas from './schemas.ts';

/** Each in the body or in the query. */
const SignIn = v.partial(schemas.SignIn);
const refused = refusals({ 'application/json': answers.AccessFailed });

const authenticate: Operation = {
  id: 'faveoAuthenticate',
  summary: 'Sign in with a username or an e-mail address.',
  description:
    'username and password are needed, in the body or in the query; the body wins, and is the ' +
    'better place: query strings end in access logs. Where the deployment says so, wrong ' +
    'credentials are answered with status 200 and the body of the error.',
  security: NOBODY_IN_PARTICULAR,
  query: SignIn,
  about: {
    username: 'Or the e-mail address.',
    password: 'Better in the body.',
    api_key: 'Of the calling application; a setting makes it mandatory.',
  },
  body: {
    content: { 'application/json': SignIn, 'application/x-www-form-urlencoded': SignIn },
    example: { username: 'demoadmin', password: 'demopass' },
    optional: true,
  },
  answers: {
    ...refusals({ 'application/json': answers.Failed })(400, 401, 429),
    200: json(
      v.union([answers.SignedIn, answers.FailedAsInSource, answers.WrongApiKey]),
      'Signed in; or, where the deployment says so, refused.',
    ),
  },
};

export const FAVEO: Face = {
  tag: 'Faveo',
  description: 'A name and a password, and a key of the calling application.',
  prefix: 'Faveo',
  requests: [{ SignIn, FaveoRenewal: schemas.Renewal }],
  answers: [answers],
  operations: {
    'POST /api/v1/authenticate': authenticate,
    'GET /api/v1/authenticate/user': {
      id: 'faveoUser',
      summary: 'Show the profile of the caller.',
      security: orInQuery(IN_PERSON),
      answers: {
        200: json(answers.User, 'The profile.'),
        303: TO_LOGIN,
        ...refused(400, 401, 403, 404),
      },
    },
    'GET /api/v1/helpdesk/api_key': {
      id: 'faveoApiKey',
      summary: 'Show the key of the calling application, which is made at the first call.',
      security: orInQuery(ANY_CALLER),
      answers: { 200: json(answers.ApplicationKey, 'The key.'), ...refused(400, 401, 403) },
    },
    'POST /api/v1/helpdesk/api_key': {
      id: 'faveoRenewApiKey',
      summary:
        'Make another key of the calling application; the one before works on for `overlap` seconds.',
      security: ANY_CALLER,
      body: {
        content: { 'application/json': schemas.Renewal },
        example: { overlap: 86_400 },
        optional: true,
      },
      answers: { 200: json(answers.ApplicationKey, 'The key.'), ...refused(400, 401, 403) },
    },
  },
};
