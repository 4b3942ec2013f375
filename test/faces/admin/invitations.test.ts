/** Inviting users by the admin API: a mail in place of a password, and a password that is demanded anew. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { update } from '../../../lib/aws/table.ts';
import { createDomain, domainKey } from '../../../lib/store/directory/domains.ts';
import { addUser } from '../../support/actors/people.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { MAIL_QUEUE } from '../../support/running/queues.ts';
import { mailOrders, userNamed } from '../../support/web/recovery.ts';

const HOME = 'invites.example';
let service: Admin;
let root: Caller;

beforeAll(async () => {
  service = await startAdmin({ MAIL_QUEUE });
  for (const name of [HOME, 'closed.example'])
    await createDomain(service.tables.directory, { name, disabled: false, generation: 1 });
  const set = { expression: 'signUp = :value', values: { ':value': 'invite' } };
  await update(service.tables.directory, domainKey(HOME), set);
  root = await service.by('100@mydomain.com');
});
beforeEach(() => {
  service.queue.requests.length = 0;
});
afterAll(() => service.stop());

const send = (call: string, body: unknown, who = root) =>
  service.admin(who, call, { body, headers: { 'if-match': '*' } });
const guest = (name: string, more = {}) => ({
  username: name,
  email: `${name}@example.com`,
  domain: HOME,
  invite: true,
  ...more,
});
const invited = async (name: string) => String((await send('POST /users', guest(name))).body['id']);

test('an invited user has no password, is sent a mail, and nobody signs in as them', async () => {
  const made = await send('POST /users', guest('one'));
  expect([made.status, made.body['invited']]).toEqual([201, true]);
  const subject = String(made.body['id']);
  expect(mailOrders(service)).toEqual([
    { kind: 'link', purpose: 'invitation', subject, generation: expect.any(Number) },
  ]);
  for (const password of ['', 'undefined', 'secret']) {
    const answer = await service.send('POST /user/auth', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'one', password }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
});

test.each([
  ['unless it is said otherwise', {}, true],
  ['but where it is said', { activated: false }, false],
])('an invited user needs nobody to activate them, %s', async (_case, more, activated) => {
  const made = await send('POST /users', guest(`active-${activated}`, more));
  expect(made.body['activated']).toBe(activated);
});

test('the mail is sent again until there is a password, and not after', async () => {
  const id = await invited('two');
  expect((await send(`POST /users/${id}/invitation`, {})).status).toBe(202);
  expect(mailOrders(service)).toHaveLength(2);
  await send(`PATCH /users/${id}`, { password: 'a long password of theirs' });
  expect((await send(`POST /users/${id}/invitation`, {})).status).toBe(409);
  expect(mailOrders(service)).toHaveLength(2);
});

test.each([
  ['a domain that takes none', { domain: 'closed.example' }, 409, 'invitations-closed'],
  ['nobody with an address', { email: undefined }, 409, 'address-missing'],
  ['an address with a comment', { email: 'a(b)@example.com' }, 400, 'address-malformed'],
  ['letters before the @', { email: 'é@example.com' }, 400, 'address-malformed'],
  ['a host', { email: 'root@localhost' }, 400, 'address-malformed'],
  [
    'somebody who gets a password, too',
    { password: 'a long one of words' },
    400,
    'password-or-invitation',
  ],
  ['nobody: neither password nor invitation', { invite: false }, 400, 'password-or-invitation'],
  ['a domain that is not there', { domain: 'none.example' }, 400, 'domain-unknown'],
])('refused: %s', async (_case, more, status, rule) => {
  const answer = await send('POST /users', guest('three', more));
  expect([answer.status, answer.body['rule']]).toEqual([status, rule]);
  expect(mailOrders(service)).toEqual([]);
});

test('an administrator of another domain can neither invite there nor send again', async () => {
  const { username } = await addUser(service, { roles: ['admin'] });
  const other = await service.by(username);
  const id = await invited('four');
  service.queue.requests.length = 0;
  expect((await send('POST /users', guest('five'), other)).status).toBeGreaterThanOrEqual(400);
  expect([403, 404]).toContain((await send(`POST /users/${id}/invitation`, {}, other)).status);
  expect(mailOrders(service)).toEqual([]);
});

test('a password may come with the demand for another one, which the next one takes back', async () => {
  const id = await invited('six');
  const first = { password: 'the first of two sentences', mustChangePassword: true };
  expect((await send(`PATCH /users/${id}`, first)).body).toMatchObject({
    mustChangePassword: true,
  });
  expect((await send(`PATCH /users/${id}`, { activated: true })).body).toHaveProperty(
    'mustChangePassword',
  );
  const next = await send(`PATCH /users/${id}`, { password: 'the second of two sentences' });
  expect(next.body).not.toHaveProperty('mustChangePassword');
  expect((await userNamed(service, 'six')).mustChangePassword).toBeUndefined();
});

test('settings of a domain say who may sign up, from where, and whether codes will do', async () => {
  const change = { signUp: 'open', mailDomains: ['firm.example'], emailCodes: true };
  expect((await send(`PATCH /domains/${HOME}`, change)).body).toMatchObject(change);
  const back = { signUp: null, mailDomains: null, emailCodes: null };
  expect((await send(`PATCH /domains/${HOME}`, back)).body).toMatchObject({
    signUp: 'closed',
    mailDomains: [],
    emailCodes: false,
  });
  for (const wrong of [{ signUp: 'all' }, { mailDomains: ['UPPER.example'] }, { emailCodes: 1 }])
    expect((await send(`PATCH /domains/${HOME}`, wrong)).status).toBe(400);
});
