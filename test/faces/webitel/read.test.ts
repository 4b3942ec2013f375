/** The Webitel dialect's shapes: what is read, what is answered, how errors look. */
import { describe, expect, test } from 'vitest';
import { AuthError } from '../../../lib/errors.ts';
import { readLogin, readLogout } from '../../../lib/faces/webitel/read.ts';
import * as refusals from '../../../lib/faces/webitel/refusals.ts';
import { logoutReply } from '../../../lib/faces/webitel/show.ts';
import { readRequest } from '../../../lib/http/request.ts';
import { request, type Sent } from '../../support/calls/events.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const read = (route: string, sent: Sent) => readRequest(request(route, sent));
const login = (body: unknown) =>
  readLogin(read('POST /login', { headers: JSON_TYPE, body: JSON.stringify(body) }));
const logout = (sent: Sent) => readLogout(read('POST /logout', sent));
const refusal = (act: () => unknown): AuthError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('an error', () => {
  test.each([
    [400, 'User name is required', () => refusal(() => login({}))],
    [401, 'Invalid credentials', () => refusals.refusal('wrong_password', true)],
    [401, 'Invalid credentials', () => refusals.refusal('disabled', true)],
    [401, 'Invalid credentials', () => refusals.refusal('unknown_user', false)],
    [404, 'User not found', () => refusals.refusal('unknown_user', true)],
    [401, 'Bad caller', () => refusals.badCaller('no key')],
  ])('%i has the text "%s" and the two documented fields', (status, info, make) => {
    const error = make();
    expect(error.status).toBe(status);
    expect(refusals.showError(error)).toEqual({ status: 'error', info });
  });

  test('never shows the reason that is for the log', () => {
    const error = new AuthError({
      code: 'server_error',
      rule: 'server-fault',
      text: 'The server could not answer.',
      reason: 'the reason',
    });
    expect(JSON.stringify(refusals.showError(error))).not.toContain('the reason');
  });
});

describe('a login', () => {
  test('is a name and a password, taken as they are', () => {
    expect(login({ username: ' 100@mydomain.com ', password: ' ', more: 1 })).toEqual({
      username: ' 100@mydomain.com ',
      password: ' ',
    });
  });

  test('without a password has an empty one, which is a wrong one', () =>
    expect(login({ username: 'a' })).toEqual({ username: 'a', password: '' }));

  test.each([undefined, null, '', '   ', 1, true, ['a'], { toString: 'a' }])(
    'with the name %j has none',
    (username) =>
      expect(refusal(() => login({ username, password: 'secret' })).message).toBe(
        'User name is required',
      ),
  );

  test.each([null, 1, true, ['secret'], { secret: 1 }])(
    'with the password %j is refused without repeating it',
    (password) => {
      const error = refusal(() => login({ username: 'a', password }));
      expect(error).toMatchObject({ status: 400, message: 'The password must be a string' });
      expect(error.said.reason).not.toContain('secret');
    },
  );

  test.each([
    ['user name', { UserName: 'a' }],
    ['a prototype', JSON.parse('{"__proto__":{"username":"a"}}')],
  ])('does not take its name from %s', (_case, body) =>
    expect(refusal(() => login(body)).message).toBe('User name is required'),
  );
});

describe('a logout', () => {
  const halves = { token: 't', key: 'k', pair: true };
  test.each<[string, Sent]>([
    ['the headers', { headers: { 'X-Access-Token': 't', 'X-Key': 'k' } }],
    ['the headers, one as x_key', { headers: { 'x-access-token': 't', x_key: 'k' } }],
    ['a JSON body', { headers: JSON_TYPE, body: '{"access_token":"t","x_key":"k"}' }],
    [
      'a form',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'access_token=t&x_key=k',
        base64: true,
      },
    ],
    ['the query', { query: 'access_token=t&x_key=k' }],
    ['both', { headers: { 'x-access-token': 't' }, query: 'x_key=k' }],
    ['the headers first', { headers: { 'x-access-token': 't', 'x-key': 'k' }, query: 'x_key=z' }],
  ])('takes the credential from %s', (_case, sent) => expect(logout(sent)).toEqual(halves));

  test.each<[string, Sent]>([
    ['nothing', {}],
    ['the token alone', { headers: { 'x-access-token': 't' } }],
    ['the key alone', { headers: { 'x-key': 'k' } }],
    ['an empty key', { headers: { 'x-access-token': 't', 'x-key': '' } }],
    ['a bearer token', { headers: { authorization: 'Bearer t', 'x-key': 'k' } }],
    ['a body that is not JSON', { headers: JSON_TYPE, body: 'hunter2' }],
    ['a body that names a half twice', { headers: JSON_TYPE, body: '{"x_key":"k","x_key":"k"}' }],
    ['a query that names a half twice', { query: 'access_token=t&x_key=k&x_key=k' }],
    ['an empty half beside another', { query: 'access_token=&access_token=t&x_key=k' }],
    ['a half twice, once percent-encoded', { query: 'access_token=t&x_key=k&x%5Fkey=z' }],
    [
      'a form that names a half twice',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'access_token=t&access_token=u&x_key=k',
      },
    ],
    [
      'a form that names a half twice, and a right query',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'x_key=a&x_key=b',
        query: 'access_token=t&x_key=k',
      },
    ],
    ['a body of no known type', { body: '{"access_token":"t","x_key":"k"}' }],
    [
      'members that are no strings',
      { headers: JSON_TYPE, body: '{"access_token":["t"],"x_key":1}' },
    ],
  ])('with %s is a bad caller', (_case, sent) =>
    expect(refusal(() => logout(sent))).toMatchObject({ status: 401, message: 'Bad caller' }),
  );

  test('answers with the documented words', () =>
    expect(JSON.parse(logoutReply().body)).toEqual({
      status: 'OK',
      info: 'Successful logout.',
    }));
});
