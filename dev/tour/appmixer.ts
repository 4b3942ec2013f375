/**
 * Appmixer: sign in, make a user, who the user is; and what administrators do with users.
 *
 * @module
 */
import { type Chapter, JSON_BODY } from './step.ts';

const AS_USER = { Authorization: 'Bearer <user token>' };
const AS_ADMINISTRATOR = { Authorization: 'Bearer <administrator token>' };
const EMAIL = 'tour-<run>@example.com';

export const APPMIXER: Chapter = {
  name: 'Appmixer',
  steps: [
    {
      title: 'sign in',
      call: 'POST /user/auth',
      headers: JSON_BODY,
      body: '{ "username": "abc@example.com", "password": "abc321" }',
      status: 200,
      keep: { 'user token': 'token' },
    },
    { title: 'who the user is', call: 'GET /user', headers: AS_USER, status: 200 },
    {
      title: 'make a user',
      call: 'POST /user',
      headers: JSON_BODY,
      body: `{ "username": "${EMAIL}", "email": "${EMAIL}", "password": "abc321" }`,
      status: 200,
      keep: { 'user token': 'token', 'user id': 'user.id' },
      note: 'not abc@example.com as printed: that user is seeded, and a name is taken once',
    },
    { title: 'the new user is signed in', call: 'GET /user', headers: AS_USER, status: 200 },
    {
      title: 'change the password',
      call: 'POST /user/change-password',
      headers: { ...JSON_BODY, ...AS_USER },
      body: '{ "oldPassword": "abc321", "newPassword": "abc321-<run>" }',
      status: 200,
    },
  ],
};

export const APPMIXER_USERS: Chapter = {
  name: 'Appmixer: administrators',
  steps: [
    {
      title: 'sign in as an administrator',
      call: 'POST /user/auth',
      headers: JSON_BODY,
      body: '{ "username": "demoadmin", "password": "demopass" }',
      status: 200,
      keep: { 'administrator token': 'token' },
    },
    {
      title: 'a page of users',
      call: 'GET /users?filter=scope:user&sort=created:-1&limit=30&offset=0',
      headers: AS_ADMINISTRATOR,
      status: 200,
      note: 'scope:user instead of the page’s scope:x, so that there is something to see',
    },
    {
      title: 'users by a part of their name',
      call: 'GET /users?pattern=tour',
      headers: AS_ADMINISTRATOR,
      status: 200,
    },
    {
      title: 'how many there are',
      call: 'GET /users/count',
      headers: AS_ADMINISTRATOR,
      status: 200,
    },
    { title: 'one user', call: 'GET /users/<user id>', headers: AS_ADMINISTRATOR, status: 200 },
    {
      title: 'change the user',
      call: 'PUT /users/<user id>',
      headers: { ...JSON_BODY, ...AS_ADMINISTRATOR },
      body: '{ "scope": ["user"], "vendor": "example" }',
      status: 200,
    },
    {
      title: 'give the user another password',
      call: 'POST /user/reset-password',
      headers: { ...JSON_BODY, ...AS_ADMINISTRATOR },
      body: `{ "email": "${EMAIL}", "password": "abc321" }`,
      status: 200,
    },
    {
      title: 'delete the user',
      call: 'DELETE /users/<user id>',
      headers: AS_ADMINISTRATOR,
      status: 200,
      keep: { ticket: 'ticket' },
    },
    {
      title: 'how far that is',
      call: 'GET /users/<user id>/delete-status/<ticket>',
      headers: AS_ADMINISTRATOR,
      status: 200,
    },
  ],
};
