/** POST /login with bad input: the documented status, the dialect's error shape, nothing lost. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sent } from '../../support/calls/events.ts';
import { advance, type Service, startService } from '../../support/running/service.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD = JSON.stringify({ username: '200@mydomain.com', password: 'secret' });
const LIMIT = 65_536;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
// In a window of its own: the failures of the test before do not count.
beforeEach(() => advance(900));
afterEach(() => expect(Object.prototype).not.toHaveProperty('polluted'));

const post = (sent: Sent) => service.postLogin({ headers: JSON_TYPE, ...sent });
const login = (body: unknown) => post({ body: JSON.stringify(body) });
const named = (username: unknown) => login({ username, password: 'secret' });
const refusal = (status: number, info: string) => ({ status, body: { status: 'error', info } });
const nameRequired = refusal(400, 'User name is required');

describe('a body that cannot be read', () => {
  const invalidJson = refusal(400, 'The body is not valid JSON');
  const notAnObject = refusal(400, 'The body must be a JSON object');
  const twice = refusal(400, 'The body names a member twice');
  const tooLarge = refusal(413, 'The body is too large');
  const wrongType = refusal(400, 'The content type must be application/json');

  test.each<[string, Sent, object]>([
    ['missing', {}, invalidJson],
    ['empty', { body: '' }, invalidJson],
    ['cut off', { body: GOOD.slice(0, -3) }, invalidJson],
    ['followed by more', { body: `${GOOD}}` }, invalidJson],
    ['with a comment', { body: `${GOOD} // hello` }, invalidJson],
    ['with a raw control character', { body: GOOD.replace('secret', 'se\u0001cret') }, invalidJson],
    ['NaN', { body: '{"username":NaN}' }, invalidJson],
    ['an array', { body: `[${GOOD}]` }, notAnObject],
    ['null', { body: 'null' }, notAnObject],
    ['a string', { body: '"secret"' }, notAnObject],
    ['a number', { body: '1e999' }, notAnObject],
    ['naming a user twice', { body: GOOD.replace('{', '{"username":"100",') }, twice],
    [
      'naming a user twice, once escaped',
      { body: GOOD.replace('{', '{"usern\\u0061me":1,') },
      twice,
    ],
    [
      'repeating a member inside another',
      { body: GOOD.replace('{', '{"x":{"a":1,"a":2},') },
      twice,
    ],
    ['repeating __proto__', { body: '{"__proto__":1,"__proto__":2,"username":"x"}' }, twice],
    ['one byte over 64 KB', { body: GOOD.padEnd(LIMIT + 1) }, tooLarge],
    ['of few characters and many bytes', { body: GOOD + '€'.repeat(22_000) }, tooLarge],
    ['over 64 KB in base64', { body: GOOD.padEnd(LIMIT + 1), base64: true }, tooLarge],
    ['of 5 MB', { body: 'x'.repeat(5e6) }, tooLarge],
    ['without a type', { body: GOOD, headers: {} }, wrongType],
    ['of an empty type', { body: GOOD, headers: { 'content-type': '' } }, wrongType],
    [
      'a form',
      { body: 'username=200', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      wrongType,
    ],
    [
      'of a type that only starts well',
      { body: GOOD, headers: { 'content-type': 'application/jsonp' } },
      wrongType,
    ],
    ['JSON as text', { body: GOOD, headers: { 'content-type': 'text/plain' } }, wrongType],
  ])('%s is 400', async (_case, sent, expected) => {
    expect(await post(sent)).toMatchObject(expected);
  });

  test.each([
    ['objects', '{"a":', '1', '}', 10_000],
    ['arrays', '[', '', ']', 30_000],
  ])(
    '%s nested as deep as 64 KB allow are read as any other',
    async (_case, open, core, shut, depth) => {
      const nested = open.repeat(depth) + core + shut.repeat(depth);
      const { status } = await post({ body: GOOD.replace('{', `{"deep":${nested},`) });
      expect([200, 400]).toContain(status);
    },
  );
});

describe('a body that can be read', () => {
  test.each<[string, Sent]>([
    ['of exactly 64 KB', { body: GOOD.padEnd(LIMIT) }],
    ['in base64', { body: GOOD, base64: true }],
    [
      'with a charset',
      { body: GOOD, headers: { 'Content-Type': 'Application/JSON; charset=utf-8' } },
    ],
    ['with members that we do not know', { body: GOOD.replace('{', '{"client":{"id":1},') }],
    [
      'with a colon and quotes inside a string',
      { body: GOOD.replace('{', '{"x":"a\\":\\"b: {\\\\",') },
    ],
    ['with __proto__', { body: GOOD.replace('{', '{"__proto__":{"polluted":true},') }],
    [
      'with constructor',
      { body: GOOD.replace('{', '{"constructor":{"prototype":{"polluted":1}},') },
    ],
  ])('%s is a good login', async (_case, sent) => {
    expect((await post(sent)).status).toBe(200);
  });
});

describe('the user name', () => {
  test.each([
    ['missing', undefined],
    ['null', null],
    ['a number', 200],
    ['a boolean', true],
    ['an array', ['200@mydomain.com']],
    ['an object', { $ne: null }],
    ['empty', ''],
    ['white space', ' \t\n '],
  ])('%s is 400 with the documented text', async (_case, username) => {
    expect(await named(username)).toMatchObject(nameRequired);
  });

  test.each([
    [
      'inherited through __proto__',
      '{"__proto__":{"username":"200@mydomain.com"},"password":"secret"}',
    ],
    ['in another case of its member', '{"Username":"200@mydomain.com","password":"secret"}'],
  ])('%s is missing', async (_case, body) => {
    expect(await post({ body })).toMatchObject(nameRequired);
  });

  test.each([
    ['NUL', '\u0000'],
    ['a name with a NUL', '200@mydomain.com\u0000'],
    ['a right-to-left override', '\u202e200@mydomain.com'],
    ['10,000 characters', '2'.repeat(10_000)],
    ['10,000 characters that grow when normalised', '\ufdfa'.repeat(10_000)],
    ['a prototype member', '__proto__'],
    ['another prototype member', 'constructor'],
    ['an expression of the database', '200@mydomain.com OR attribute_exists(pk)'],
  ])('%s is nobody', async (_case, username) => {
    expect(await named(username)).toMatchObject(refusal(404, 'User not found'));
  });
});

describe('the password', () => {
  const withPassword = (password: unknown) => login({ username: '200@mydomain.com', password });

  test.each([
    ['null', null],
    ['a number', 1],
    ['an array', ['secret']],
    ['an object', { $gt: '' }],
    ['true', true],
  ])('%s is 400', async (_case, password) => {
    expect(await withPassword(password)).toMatchObject({ status: 400, body: { status: 'error' } });
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['in another case', 'SECRET'],
    ['with a NUL after it', 'secret\u0000'],
    ['with white space after it', 'secret '],
    ['10,000 characters', 's'.repeat(10_000)],
  ])('%s is 401', async (_case, password) => {
    expect(await withPassword(password)).toMatchObject(refusal(401, 'Invalid credentials'));
  });
});

test('half of a surrogate pair is 400, wherever it is (RFC 7493 §2.1)', async () => {
  const half = (field: string) => refusal(400, `${field}: must be Unicode text`);
  expect(await login({ username: '\ud800', password: 'secret' })).toMatchObject(half('username'));
  const wrong = { username: '200@mydomain.com', password: '\udfff' };
  expect(await login(wrong)).toMatchObject(half('password'));
});

test('after all of these the next good login works', async () => {
  expect((await post({ body: GOOD })).status).toBe(200);
});
