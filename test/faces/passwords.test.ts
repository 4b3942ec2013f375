/** What a new password must be, at every face that sets one, and that old ones go on working. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNTRACKED } from '../../lib/events/trail.ts';
import { bootstrap } from '../../lib/manage/deployment/bootstrap.ts';
import { readDomain } from '../../lib/store/directory/domains.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { addUser } from '../support/actors/people.ts';
import { sessionOf } from '../support/actors/sessions.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';

const GOOD = 'nine dry otters in a canoe';
const SHORT = 'fourteen chars';
let service: Admin;
let root: Caller;

beforeAll(async () => {
  service = await startAdmin({ DEFAULT_DOMAIN: 'full.example' });
  root = await service.by('100@mydomain.com');
  await service.admin(root, 'POST /domains', { body: { name: 'full.example' } });
});
afterAll(() => service.stop());

let count = 0;
const make = (password: string, domain = 'full.example') => {
  count += 1;
  const body = { username: `made-${count}`, password, domain };
  return service.admin(root, 'POST /users', { body });
};

describe('R5: the admin API', () => {
  test.each([
    ['a', 'password-length'],
    [SHORT, 'password-length'],
    ['\u{1f600}'.repeat(14), 'password-length'],
    ['e\u0301'.repeat(14), 'password-length'],
    [`${'0123456789abcdef'.repeat(16)}x`, 'password-length'],
    ['passwordpassword', 'password-common'],
    ['trackmanianations', 'password-leaked'],
    ['TRACKmanianations', 'password-leaked'],
    // 205 characters once in their normal form, and 1,025 bytes before.
    ['o\u0323\u0302'.repeat(205), 'password-length'],
    ['\u{1f600}'.repeat(257), 'password-length'],
  ])('a new domain refuses %s', async (password, rule) => {
    const { status, body } = await make(password);
    expect([status, body['rule']]).toEqual([400, rule]);
    expect(body['errors']).toEqual([{ field: 'password', detail: expect.any(String) }]);
    expect(JSON.stringify(body)).not.toContain(password.length > 3 ? password : '"a"');
  });

  test.each([
    GOOD,
    'ab 日本語 žluť 12345'.slice(0, 15),
    `${GOOD}${String.fromCodePoint(...Array.from({ length: 230 }, (_, at) => 0x1f300 + at))}`,
  ])('and takes %s', async (password) => expect((await make(password)).status).toBe(201));

  test('its own names and its domain’s are refused', async () => {
    const body = { username: 'zacharias', password: 'zacharias-zacharias', domain: 'full.example' };
    expect((await service.admin(root, 'POST /users', { body })).body['rule']).toBe(
      'password-common',
    );
    expect((await make('full.example.full')).body['rule']).toBe('password-common');
  });

  test('the name of its brand is refused, with other marks and letters too, and not that of another', async () => {
    await service.admin(root, 'POST /domains', { body: { name: 'branded.example' } });
    const brand = { name: 'Křišťál & Blue-Kite' };
    const { status } = await service.admin(root, 'PATCH /domains/branded.example', {
      body: { brand },
      headers: { 'if-match': '*' },
    });
    expect(status).toBe(200);
    for (const password of ['bluekite-bluekite', 'Kristal Blu3K1t3', 'křišťálkřišťál!'])
      expect((await make(password, 'branded.example')).body['rule']).toBe('password-common');
    expect((await make('bluekite-and-otters', 'branded.example')).status).toBe(201);
    expect((await make('Kristal Blu3Kite')).status).toBe(201);
  });

  test('the seeded domain takes five characters, and no fewer', async () => {
    expect((await make('demos', 'mydomain.com')).status).toBe(201);
    expect((await make('demo', 'mydomain.com')).body['rule']).toBe('password-length-of-seed');
  });

  test('a changed one is held to the same, and an old one goes on working', async () => {
    const { id } = await addUser(service, { domain: 'full.example', username: 'old@full.example' });
    const call = `PATCH /users/${id}`;
    const headers = { 'if-match': '*' };
    const refused = await service.admin(root, call, { body: { password: SHORT }, headers });
    expect([refused.status, refused.body['rule']]).toEqual([400, 'password-length']);
    expect((await sessionOf(service, 'old@full.example')).token).toBeDefined();
    expect((await service.admin(root, call, { body: { password: GOOD }, headers })).status).toBe(
      200,
    );
  });

  test('root says by domain which rule there is; nobody else, and nothing else', async () => {
    const set = (passwords: unknown, who = root) =>
      service.admin(who, 'PATCH /domains/full.example', {
        body: { passwords },
        headers: { 'if-match': '*' },
      });
    expect((await set('none')).status).toBe(400);
    expect((await set('seed', await service.by('demoadmin'))).status).not.toBe(200);
    expect((await set('seed')).body).toMatchObject({ passwords: 'seed', disabled: false });
    expect((await make('demos')).status).toBe(201);
    expect((await set('full')).body).toMatchObject({ passwords: 'full' });
    expect((await make('demos')).status).toBe(400);
  });
});

test('R5: the first administrator of a deployment is held to it, in a domain of the full rule', async () => {
  const { directory } = service.tables;
  const first = { username: 'first@new.example', domain: 'new.example', resources: [] };
  const terms = { now: epochMilliseconds(Date.now()), trail: UNTRACKED };
  await expect(
    bootstrap(directory, { ...first, password: 'correct horse' }, terms),
  ).rejects.toMatchObject({ said: { rule: 'password-length', field: 'password' } });
  await bootstrap(directory, { ...first, password: GOOD }, terms);
  expect((await readDomain(directory, 'new.example'))?.passwords).toBeUndefined();
});
