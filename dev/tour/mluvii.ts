/**
 * Mluvii: the form of the page's curl command, and those of other clients; then a call with the token.
 *
 * @module
 */
import { type Chapter, FORM_BODY } from './step.ts';

const CLIENT = 'grant_type=client_credentials&client_id=demo-api&client_secret=demo-api-password';
const SESSION = 'GET /api/v1/Sessions/1234';

export const MLUVII: Chapter = {
  name: 'Mluvii',
  steps: [
    {
      title: 'the form of the page',
      call: 'POST /login/connect/token',
      headers: FORM_BODY,
      body: `response_type=token&${CLIENT}`,
      status: 200,
      keep: { 'access token': 'access_token' },
    },
    {
      title: 'without response_type',
      call: 'POST /login/connect/token',
      headers: FORM_BODY,
      body: CLIENT,
      status: 200,
    },
    {
      title: 'with a scope',
      call: 'POST /login/connect/token',
      headers: FORM_BODY,
      body: `${CLIENT}&scope=mluviiPublicApi`,
      status: 200,
    },
    {
      title: 'a call with the token',
      call: SESSION,
      at: 'example',
      headers: { Authorization: 'Bearer <access token>', Accept: 'application/json' },
      status: 200,
    },
    {
      title: 'without one: 401, no redirect',
      call: SESSION,
      at: 'example',
      headers: { Accept: 'application/json' },
      status: 401,
    },
  ],
};
