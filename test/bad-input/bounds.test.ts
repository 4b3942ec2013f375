/**
 * F6, F8, F11: a bound holds for what is stored and folded, however many requests it came in; it names
 * itself, and nothing is written beyond it. Times have a range.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '../../bin/api/table.ts';
import { readRegistry, saveRegistry } from '../../lib/store/directory/resources.ts';
import { LAST_SECOND } from '../../lib/time.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';

let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
});
afterAll(() => service.stop());

const named = (prefix: string, count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}-${from + at}`);
const importing = (names: readonly string[], patterns: string[] = []) =>
  service.admin(root, 'PATCH /resources', {
    body: { resources: Object.fromEntries(names.map((name) => [name, patterns])) },
  });
const size = async () => {
  const { patterns } = await readRegistry(service.tables.directory);
  return Object.keys(patterns).length;
};
const MOST = 10_000;
/** As many requests would. @param count - Of all. */
const fill = async (count: number) => {
  const { directory } = service.tables;
  const read = await readRegistry(directory);
  const more = named('f6', count - Object.keys(read.patterns).length);
  const patterns = { ...read.patterns, ...Object.fromEntries(more.map((name) => [name, []])) };
  expect(await saveRegistry(directory, read, patterns)).toBe(true);
};
const problem = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['rule'],
];

describe('the registry of resources', () => {
  test('F6: takes batches up to ten thousand, and says which bound the next one breaks', async () => {
    await fill(MOST - 400);
    const answers = [];
    for (let batch = 0; batch < 2; batch += 1)
      answers.push((await importing(named('f6-batch', 235, batch * 235))).status);
    expect(answers).toEqual([200, 400]);
    const before = await size();
    const refused = await importing(named('f6-more', 235));
    expect(problem(refused)).toEqual([400, 'registry-full']);
    expect(refused.body['detail']).toContain('more than 10000');
    expect(await size()).toBe(before);
    const room = MOST - before;
    expect((await importing(named('f6-last', room))).status).toBe(200);
    const one = await service.admin(root, 'POST /resources', { body: { name: 'one-too-many' } });
    expect(problem(one)).toEqual([400, 'registry-full']);
    expect(await size()).toBe(MOST);
  });
  test('F6: that is full can be changed and emptied', async () => {
    const change = { body: { patterns: ['/other/place'] }, headers: { 'if-match': '*' } };
    const place = '/resources/f6-0';
    expect((await service.admin(root, `PATCH ${place}`, change)).status).toBe(200);
    const taken = { headers: { 'if-match': '*' } };
    expect((await service.admin(root, `DELETE ${place}`, taken)).status).toBe(204);
    expect((await importing(['f6-instead'])).status).toBe(200);
  });
});

describe('an ACL', () => {
  const acl = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ['r']]));
  const role = (name: string, more: object = {}) =>
    service.admin(root, 'POST /roles', { body: { name, ...more } });
  const added = (name: string, names: readonly string[]) =>
    service.admin(root, `PATCH /roles/${name}`, {
      body: { acl: acl(names) },
      headers: { 'if-match': '*' },
    });

  test('F8: of 201 resources is refused by its length, in one request and in many', async () => {
    const all = named('f6', 300, 10);
    const refused = await role('f8-once', { acl: acl(all.slice(0, 201)) });
    expect(problem(refused)).toEqual([400, 'acl-too-long']);
    expect(refused.body['detail']).toContain('at most 200 resources');
    expect((await role('f8-many')).status).toBe(201);
    const steps = [];
    for (const at of [0, 100, 200]) steps.push(await added('f8-many', all.slice(at, at + 100)));
    expect(steps.map(problem)).toEqual([
      [200, undefined],
      [200, undefined],
      [400, 'acl-too-long'],
    ]);
    const { body } = await service.admin(root, 'GET /roles/f8-many');
    expect(Object.keys(body['acl'] as object)).toHaveLength(200);
  });
  test('F8: has at most 400 with what it inherits, also by an edit of the parent', async () => {
    for (const [at, name] of ['a', 'b', 'c'].entries())
      expect((await role(`f8-${name}`, { acl: acl(named('f6', 140, 10 + at * 140)) })).status).toBe(
        201,
      );
    const refused = await role('f8-heir', { parents: ['f8-a', 'f8-b', 'f8-c'] });
    expect(problem(refused)).toEqual([400, 'acl-inherited-too-long']);
    expect((await role('f8-heir', { parents: ['f8-a', 'f8-b'] })).status).toBe(201);
    for (const name of ['f8-d', 'f8-e'])
      expect(
        (await role(name, { parents: ['f8-heir'], acl: acl(named('f6', 110, 450)) })).status,
      ).toBe(201);
    // What the parent has more, its heirs inherit.
    const grown = await added('f8-a', named('f6', 60, 600));
    expect(problem(grown)).toEqual([400, 'acl-inherited-too-long']);
  });
  test('F8: of an API key has the same bound', async () => {
    const more = { body: { name: 'f8', acl: acl(named('f6', 201, 10)) } };
    expect(problem(await service.admin(root, 'POST /keys', more))).toEqual([400, 'acl-too-long']);
  });
});

describe('a time', () => {
  const key = (expiresAt: unknown) =>
    service.admin(root, 'POST /keys', { body: { name: 'f11', acl: { cdr: ['r'] }, expiresAt } });

  test.each([
    Date.UTC(2027, 0, 1),
    Number.MAX_SAFE_INTEGER,
    LAST_SECOND + 1,
    -1,
    -Number.MAX_SAFE_INTEGER,
    1.5,
    1e300,
    '1800000000',
  ])('F11: %s is no expiry', async (expiresAt) => expect((await key(expiresAt)).status).toBe(400));
  test('F11: which is in the past is none, and the last second of all is one', async () => {
    expect((await key(Math.floor(Date.now() / 1000))).status).toBe(400);
    expect((await key(LAST_SECOND)).status).toBe(201);
  });
  test('F11: of a domain token, in milliseconds, has the same end', async () => {
    for (const expire of [Number.MAX_SAFE_INTEGER, (LAST_SECOND + 1) * 1000, -1, 1e300]) {
      const call = 'POST /api/v2/domains/mydomain.com/settings/token';
      const body = JSON.stringify({ expire, role: 'user' });
      const headers = { ...root.headers, 'content-type': 'application/json' };
      const answer = await service.send(call, { headers, body });
      expect([answer.status, answer.body['info']]).toEqual([400, 'Bad expire date.']);
    }
  });
  test.each(['1767225600000', '253402300800', '-1', '1e3', 'x'])(
    'F11: %s is none to search by',
    async (from) => expect((await service.admin(root, `GET /audit?from=${from}`)).status).toBe(400),
  );
  test('F11: that was stored beyond all dates is shown as it is', () =>
    expect(record({ expiresAt: Number.MAX_SAFE_INTEGER })).toContain('9007199254740991'));
});

describe('a filter that is empty', () => {
  test.each([
    'GET /audit?subject=',
    'GET /audit?domain=',
    'GET /audit?from=',
    'GET /sessions?subject=',
    'GET /keys?owner=',
    'GET /users?login=',
    'GET /users?domain=',
    'GET /users?limit=',
    'GET /users?cursor=',
    'GET /users?cursor=x',
    'DELETE /sessions?subject=',
    'DELETE /sessions?domain=',
  ])('is not none: %s is a 400', async (call) =>
    expect((await service.admin(root, call)).status).toBe(400),
  );
});
