/**
 * Faveo: authenticate with parameters in the query, the profile, and the API key.
 *
 * @module
 */
import type { Chapter } from './step.ts';

const AUTHENTICATE = 'POST /api/v1/authenticate?username=demoadmin&password';
const AS_ADMINISTRATOR = { Authorization: 'Bearer <helpdesk token>' };

export const FAVEO: Chapter = {
  name: 'Faveo',
  steps: [
    {
      title: 'authenticate',
      call: `${AUTHENTICATE}=demopass`,
      status: 200,
      keep: { 'helpdesk token': 'token' },
    },
    { title: 'with a wrong password', call: `${AUTHENTICATE}=wrong`, status: 401 },
    {
      title: 'the profile of the caller',
      call: 'GET /api/v1/authenticate/user',
      headers: AS_ADMINISTRATOR,
      status: 200,
    },
    { title: 'without a token', call: 'GET /api/v1/authenticate/user', status: 401 },
    {
      title: 'sign in as root, whose the API key is',
      call: 'POST /user/auth',
      headers: { 'Content-Type': 'application/json' },
      body: '{ "username": "100@mydomain.com", "password": "secret" }',
      status: 200,
      keep: { 'root token': 'token' },
    },
    {
      title: 'the API key',
      call: 'GET /api/v1/helpdesk/api_key',
      headers: { Authorization: 'Bearer <root token>' },
      status: 200,
      keep: { 'api key': 'result' },
    },
    {
      title: 'authenticate with it',
      call: `${AUTHENTICATE}=demopass&api_key=<api key>`,
      status: 200,
    },
    {
      title: 'with a wrong API key',
      call: `${AUTHENTICATE}=demopass&api_key=wrong`,
      status: 401,
    },
  ],
};
