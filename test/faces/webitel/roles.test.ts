/** The Webitel dialect's roles. Real handlers, real store; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unnameContent } from '../../../lib/manage/deployment/name-content.ts';
import { NAME_REST } from '../../../lib/manage/roles/edit.ts';
import { assignRoles } from '../../support/actors/people.ts';
import { makeRole, makeUser } from '../../support/actors/roles.ts';
import { sessionOf } from '../../support/actors/sessions.ts';
import {
  advance,
  both,
  type Credential,
  type Service,
  startService,
} from '../../support/running/service.ts';

const ROLES = '/api/v2/acl/roles';
/** May administer roles, and holds little else: so there is something that it may not give away. */
const KEEPER = { 'acl/roles': ['*'], cdr: ['r', 'u'], 'cdr/files': ['ro'], domain: ['r'] } as const;

let service: Service;
let root: Credential;
let keeper: Credential;
let user: Credential;

beforeAll(async () => {
  service = await startService();
  const acl = Object.fromEntries(Object.entries(KEEPER).map(([name, it]) => [name, [...it]]));
  await makeRole(service, { name: 'keeper', acl });
  await makeUser(service, 'keeper@mydomain.com', ['keeper']);
  root = await service.login('100@mydomain.com');
  keeper = await service.login('keeper@mydomain.com');
  user = await service.login('200@mydomain.com');
});
afterAll(() => service.stop());

const send = (who: Credential | undefined, call: string, body?: unknown) =>
  service.send(call, {
    headers: { ...(who && both(who)), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const post = (body: unknown, who = root) => send(who, `POST ${ROLES}`, body);
const error = (info: unknown) => ({ status: 'error', info });

describe('who may', () => {
  const calls: [string, unknown][] = [
    [`GET ${ROLES}`, undefined],
    [`POST ${ROLES}`, { roles: 'new', allows: {} }],
    [`GET ${ROLES}/user`, undefined],
    [`PUT ${ROLES}/user`, { cdr: ['r'] }],
    [`DELETE ${ROLES}/user`, undefined],
  ];

  test.each(calls)('%s without a session: 401', async (call, body) => {
    expect(await send(undefined, call, body)).toMatchObject({
      status: 401,
      body: error(expect.any(String)),
    });
  });

  test.each(calls)('%s with half a credential: 401', async (call, body) => {
    const answer = await service.send(call, {
      headers: { 'x-access-token': root.token, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(401);
  });

  test.each(calls)('%s with a session that has ended: 401', async (call, body) => {
    const ended = await sessionOf(service, '100@mydomain.com');
    expect((await send(ended, `GET ${ROLES}`)).status).toBe(200);
    await service.logout(ended);
    expect(await send(ended, call, body)).toMatchObject({
      status: 401,
      body: error(expect.any(String)),
    });
  });

  test.each(calls)('%s without the letter on acl/roles: 403', async (call, body) => {
    expect(await send(user, call, body)).toMatchObject({
      status: 403,
      body: error('Permission denied!'),
    });
  });
});

test('a letter for own objects only is none: roles have no owner', async () => {
  await makeRole(service, { name: 'owning', acl: { 'acl/roles': ['co', 'ro', 'uo', 'do'] } });
  await makeUser(service, 'owning@mydomain.com', ['owning']);
  const owning = await service.login('owning@mydomain.com');
  for (const call of [`GET ${ROLES}`, `GET ${ROLES}/user`, `DELETE ${ROLES}/user`])
    expect((await send(owning, call)).status).toBe(403);
});

describe('root', () => {
  test('is in no list', async () => {
    const { body } = await send(root, `GET ${ROLES}`);
    const { roles, parents } = body['info'] as { roles: string[]; parents: object };
    expect(roles).toEqual(expect.arrayContaining(['user', 'admin', 'keeper']));
    expect(roles).not.toContain('root');
    expect(parents).toEqual({ admin: ['user'] });
  });

  test.each([
    ['GET', undefined],
    ['PUT', { cdr: [] }],
    ['DELETE', undefined],
  ])('cannot be had by %s, not even by root', async (method, body) => {
    const answer = await send(root, `${method} ${ROLES}/root`, body);
    expect(answer).toMatchObject({ status: 404, body: error('Role not found.') });
  });

  test.each(['root', 'Root', 'ROOT'])('cannot be made again as %s', async (name) => {
    expect((await post({ roles: name, allows: {} })).status).toBe(409);
  });

  test('has no heirs', async () => {
    const { status, body } = await post({ roles: 'heir', parents: ['root'], allows: {} });
    expect([status, body]).toEqual([400, error('parents: there is no such role')]);
  });
});

describe('refuses, naming the field, and changes nothing', () => {
  test.each<[string, unknown, RegExp]>([
    ['an unknown letter', { roles: 'bad', allows: { cdr: ['x'] } }, /^allows: "cdr" /],
    ['letters that are no list', { roles: 'bad', allows: { cdr: 'r' } }, /^allows: "cdr" /],
    ['an unknown resource', { roles: 'bad', allows: { 'no/such': ['r'] } }, /^allows: "no\/such" /],
    ['a resource of the prototype', { roles: 'bad', allows: { toString: ['r'] } }, /^allows: /],
    [
      'a resource called __proto__',
      JSON.parse('{"roles":"bad","allows":{"__proto__":["r"]}}'),
      /^allows: "__proto__" is not a registered resource$/,
    ],
    ['allows that are no map', { roles: 'bad', allows: 7 }, /^allows: /],
    ['allows that are a list', { roles: 'bad', allows: [] }, /^allows: must map/],
    ['no name', { allows: {} }, /^roles: /],
    ['two names', { roles: ['bad', 'worse'], allows: {} }, /^roles: /],
    ['an empty name', { roles: '', allows: {} }, /^roles: /],
    ['a name with a space', { roles: 'bad one', allows: {} }, /^roles: /],
    ['a name with a comma', { roles: 'a,b', allows: {} }, /^roles: /],
    ['a name beyond ASCII', { roles: 'bäd', allows: {} }, /^roles: /],
    ['a long name', { roles: 'b'.repeat(65), allows: {} }, /^roles: /],
    ['an unknown parent', { roles: 'bad', parents: ['ghost'], allows: {} }, /^parents: /],
    ['itself as parent', { roles: 'bad', parents: ['bad'], allows: {} }, /^parents: /],
    ['parents that are no names', { roles: 'bad', parents: [1], allows: {} }, /^parents: /],
  ])('%s', async (_case, body, info) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: error(expect.stringMatching(info)) });
    expect((await send(root, `GET ${ROLES}/bad`)).status).toBe(404);
  });

  test.each(['user', 'User', 'USER'])('a name that is taken: %s', async (name) => {
    const { status, body } = await post({ roles: name, allows: {} });
    expect([status, body]).toEqual([409, error('roles: the name is taken')]);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('a map with %s', async (name) => {
    const { status, body } = await send(root, `PUT ${ROLES}/user`, JSON.parse(`{"${name}":["r"]}`));
    expect([status, body]).toEqual([400, error(`body: "${name}" is not a registered resource`)]);
  });

  test('a map of a role that does not exist', async () => {
    expect((await send(root, `PUT ${ROLES}/ghost`, { cdr: ['r'] })).status).toBe(404);
  });

  test('a map with what is no letter', async () => {
    const { status, body } = await send(root, `PUT ${ROLES}/user`, { cdr: ['r'], book: ['q'] });
    expect([status, String(body['info'])]).toEqual([400, expect.stringMatching(/^body: "book" /)]);
  });
});

describe('nobody grants what they do not hold', () => {
  test.each<[string, object]>([
    ['a letter of a resource', { allows: { cdr: ['d'] } }],
    ['all letters', { allows: { cdr: ['*'] } }],
    ['a resource', { allows: { book: ['ro'] } }],
    ['all objects where they hold their own', { allows: { 'cdr/files': ['r'] } }],
    ['what a parent would pass on', { allows: {}, parents: ['user'] }],
  ])('%s', async (_case, rest) => {
    const answer = await post({ roles: 'stolen', ...rest }, keeper);
    expect(answer).toMatchObject({ status: 403, body: error('Permission denied!') });
    expect((await send(root, `GET ${ROLES}/stolen`)).status).toBe(404);
  });

  test('a parent that they do not hold by name, though they hold its letters', async () => {
    await post({ roles: 'namesake', allows: { cdr: ['r'] } });
    const answer = await post({ roles: 'stolen', parents: ['namesake'], allows: {} }, keeper);
    expect(answer).toMatchObject({ status: 403, body: error('Permission denied!') });
    expect((await send(root, `GET ${ROLES}/stolen`)).status).toBe(404);
    expect((await post({ roles: 'heir', parents: ['keeper'], allows: {} }, keeper)).status).toBe(
      200,
    );
  });

  test('but they grant what they do hold', async () => {
    const allows = { cdr: ['r', 'uo'], 'cdr/files': ['ro'] };
    expect((await post({ roles: 'lesser', allows }, keeper)).body).toEqual({
      status: 'OK',
      info: 'Created',
    });
  });

  test('nor into a role of their own', async () => {
    const answer = await send(keeper, `PUT ${ROLES}/keeper`, { book: ['r'] });
    expect(answer).toMatchObject({ status: 403, body: error('Permission denied!') });
  });

  test('what stands in a role already may stay there', async () => {
    await post({ roles: 'mixed', allows: { book: ['*'], cdr: ['r'] } });
    expect((await send(keeper, `PUT ${ROLES}/mixed`, { cdr: ['r', 'u'] })).status).toBe(200);
    expect((await send(keeper, `PUT ${ROLES}/mixed`, { cdr: ['r', 'd'] })).status).toBe(403);
    expect((await send(root, `GET ${ROLES}/mixed`)).body['info']).toEqual({
      book: ['*'],
      cdr: ['r', 'u'],
    });
  });
});

describe('the answers of the product', () => {
  test('a role is made, shown, changed and destroyed', async () => {
    expect((await post({ roles: 'made', parents: ['user'], allows: { cdr: ['*'] } })).body).toEqual(
      { status: 'OK', info: 'Created' },
    );
    const list = (await send(root, `GET ${ROLES}`)).body;
    expect(list).toMatchObject({ status: 'OK', info: { parents: { made: ['user'] } } });
    expect((await send(root, `GET ${ROLES}/made`)).body).toEqual({
      status: 'OK',
      info: { cdr: ['*'] },
    });

    const put = await send(root, `PUT ${ROLES}/made`, { calendar: ['r'], cdr: [] });
    expect([put.status, put.body['status']]).toEqual([200, 'OK']);
    expect((await send(root, `GET ${ROLES}/made`)).body['info']).toEqual({ calendar: ['r'] });

    const destroyed = await send(root, `DELETE ${ROLES}/made`);
    expect(destroyed.body).toEqual({ status: 'OK', info: 'Destroyed' });
    expect((await send(root, `DELETE ${ROLES}/made`)).status).toBe(404);
  });

  test('its own client sends one name, no parents and one resource at a time', async () => {
    const sent = { roles: 'plain', parents: null, allows: { account: [] } };
    expect((await post(sent)).body).toEqual({ status: 'OK', info: 'Created' });
    await send(root, `PUT ${ROLES}/plain`, { cdr: ['r'] });
    await send(root, `PUT ${ROLES}/plain`, { book: ['c'] });
    expect((await send(root, `GET ${ROLES}/plain`)).body['info']).toMatchObject({
      cdr: ['r'],
      book: ['c'],
    });
  });

  test('whoami tells the caller, with the letters as they are now', async () => {
    const { body } = await send(user, 'GET /api/v2/whoami');
    expect(body).toEqual({
      acl: { cdr: ['r'], 'cdr/files': ['ro'], book: ['*'] },
      id: '200@mydomain.com',
      domain: 'mydomain.com',
      roleName: 'user',
      expires: expect.any(Number),
      cdr: { host: 'http://cdr:10023', useProxy: 'true' },
    });
    expect((await send(undefined, 'GET /api/v2/whoami')).status).toBe(401);
  });

  test('an edit acts on the next call of those who hold an heir of the role', async () => {
    await post({ roles: 'parent', allows: { calendar: ['r'] } });
    await post({ roles: 'child', parents: 'parent', allows: {} });
    await makeUser(service, 'child@mydomain.com', ['child']);
    const child = await service.login('child@mydomain.com');
    expect((await service.call(child, 'GET /calendar')).status).toBe(200);
    await send(root, `PUT ${ROLES}/parent`, { calendar: [] });
    expect((await service.call(child, 'GET /calendar')).status).toBe(403);
  });
});

describe('a role in use', () => {
  test('stays while another inherits from it', async () => {
    const { status, body } = await send(root, `DELETE ${ROLES}/user`);
    expect([status, body]).toEqual([409, error('The role is in use: admin inherits from it.')]);
  });

  test('stays while a user holds it', async () => {
    await makeRole(service, { name: 'worn', acl: { cdr: ['r'] } });
    await makeUser(service, 'wearer@mydomain.com', ['worn']);
    const { status, body } = await send(root, `DELETE ${ROLES}/worn`);
    expect([status, body]).toEqual([409, error('The role is in use: somebody holds it.')]);
  });

  test('given away while it is deleted grants nothing, and its name is not used again', async () => {
    await makeRole(service, { name: 'racing', acl: { calendar: ['*'] } });
    expect((await send(root, `DELETE ${ROLES}/racing`)).status).toBe(200);
    // Read before the deletion, written after it: nothing holds a writer back.
    await makeUser(service, 'racer@mydomain.com', ['racing', 'user']);
    const racer = await service.login('racer@mydomain.com');
    expect((await service.call(racer, 'GET /calendar')).status).toBe(403);
    expect(await service.call(racer, 'GET /cdr')).toMatchObject({
      status: 200,
      context: { roles: 'user' },
    });

    const again = { roles: 'racing', allows: { calendar: ['*'] } };
    expect((await post(again)).status).toBe(409);
    advance(NAME_REST + 1);
    expect((await post(again)).body).toEqual(error('roles: the name is still held by somebody'));
    expect((await service.call(racer, 'GET /calendar')).status).toBe(403);
  });

  test('a name that nobody got in the meantime is free after its rest', async () => {
    await makeRole(service, { name: 'phoenix', acl: {} });
    await send(root, `DELETE ${ROLES}/phoenix`);
    const again = { roles: 'Phoenix', allows: {} };
    expect((await post(again)).body['info']).toMatch(/was deleted a moment ago/);
    advance(NAME_REST + 1);
    expect((await post(again)).status).toBe(200);
  });
});

test('of two racing makers of one name exactly one wins', async () => {
  const body = { roles: 'contested', allows: {} };
  const answers = await Promise.all([post(body), post(body), post(body)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

test('racing edits of one role are all in it', async () => {
  await post({ roles: 'busy', allows: {} });
  const edits = ['cdr', 'book', 'calendar'].map((name) =>
    send(root, `PUT ${ROLES}/busy`, { [name]: ['r'] }),
  );
  expect((await Promise.all(edits)).map(({ status }) => status)).toEqual([200, 200, 200]);
  const { body } = await send(root, `GET ${ROLES}/busy`);
  expect(body['info']).toEqual({ cdr: ['r'], book: ['r'], calendar: ['r'] });
});

/** Last: it stays so. */
describe('in a deployment of before, where nothing is named', () => {
  test('a role is made, changed and deleted, and each counts from the next call on', async () => {
    await unnameContent(service.tables.directory);
    const { id } = await makeUser(service, 'late@mydomain.com', []);
    expect((await post({ roles: 'late', allows: { book: ['r'] } })).status).toBe(200);
    await assignRoles(service.tables.directory, id, ['late']);
    const late = await service.login('late@mydomain.com');
    const status = async () => (await service.call(late, 'GET /book')).status;
    expect(await status()).toBe(200);
    expect((await send(root, `PUT ${ROLES}/late`, { book: ['c'] })).status).toBe(200);
    expect(await status()).toBe(403);
    await assignRoles(service.tables.directory, id, []);
    expect((await send(root, `DELETE ${ROLES}/late`)).status).toBe(200);
  });
});
