/** Which resource a call names, and which letter: no trick of the path opens another one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { addUser } from '../../support/actors/people.ts';
import { ARN, httpCall, httpV1Call, restCall, tokenCall } from '../../support/calls/events.ts';
import {
  bearer,
  type Credential,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let reader: Credential;
let writer: Credential;
beforeAll(async () => {
  service = await startService();
  const { directory } = service.tables;
  const role = { number: -1, parents: [] };
  await registerResources(directory, { sessions: ['/api/v1/Sessions/{id}', '/api/v2'] });
  await editRole(directory, {
    ...role,
    name: 'reader',
    acl: { cdr: ['r'], 'cdr/media': ['c'], sessions: ['r'] },
  });
  await editRole(directory, { ...role, name: 'writer', acl: { 'cdr/files': ['*'], book: ['*'] } });
  const login = async (name: string) =>
    service.login((await addUser(service, { roles: [name] })).username);
  [reader, writer] = [await login('reader'), await login('writer')];
});
afterAll(() => service.stop());

const status = async (call: string, who: Credential) =>
  (await service.decide(httpCall(call, bearer(who)))).status;

describe('the longest resource that covers the path counts', () => {
  test.each<[string, string | undefined]>([
    ['/cdr', 'cdr'],
    ['/cdr/', 'cdr'],
    ['/cdr/1/2/3', 'cdr'],
    ['/cdr/filesystem', 'cdr'],
    ['/cdr/a.b..c', 'cdr'],
    ['/cdr/caf%C3%A9', 'cdr'],
    ['/cdr/café', 'cdr'],
    ['/cdr/50%', 'cdr'],
    ['/api/v1/Sessions/7', 'sessions'],
    ['/api/v1/Sessions/7/log', 'sessions'],
    ['/api/v2', 'sessions'],
    ['/cdr/files', undefined],
    ['/cdr/files/1', undefined],
    ['/api/v1/Sessions', undefined],
    ['/cdrs', undefined],
    ['/', undefined],
    ['/api', undefined],
  ])('%s for a reader of cdr: %s', async (path, resource) => {
    const { status, context } = await service.decide(httpCall(`GET ${path}`, bearer(reader)));
    expect([status, context?.['resource']]).toEqual([resource ? 200 : 403, resource]);
  });
});

describe('a letter for each method', () => {
  test.each([
    ['GET', 200, 200],
    ['HEAD', 200, 200],
    ['POST', 403, 200],
    ['PUT', 403, 200],
    ['PATCH', 403, 200],
    ['DELETE', 403, 200],
    ['OPTIONS', 403, 403],
    ['TRACE', 403, 403],
    ['CONNECT', 403, 403],
    ['PROPFIND', 403, 403],
    ['get', 403, 403],
    ['constructor', 403, 403],
  ])('%s', async (method, read, all) => {
    expect(await status(`${method} /cdr`, reader)).toBe(read);
    expect(await status(`${method} /book`, writer)).toBe(all);
  });
});

describe('a path that servers read differently is 403', () => {
  const TRICKS = [
    '/cdr/../book',
    '/book/../cdr/1',
    '/cdr/..',
    '/cdr/./1',
    '/cdr/..;/book',
    '/cdr/files;x=1/5',
    '/cdr/files;/5',
    '/cdr/files%3Bx/5',
    '/cdr/FILES/1',
    '/cdr/Files',
    '/cdr/files./1',
    '/cdr/files%20/1',
    '/cdr/%20files/1',
    '/cdr/files%3fx/5',
    '/cdr/files%23x',
    '//cdr',
    '/cdr//1',
    '/cdr//',
    '/./cdr',
    '/cdr/%2e%2e/book',
    '/cdr/%2E./book',
    '/cdr/%252e%252e/book',
    '/cdr/%25252e%25252e/book',
    '/cdr/%2e%2e%2fbook',
    '/cdr/%2f',
    '/cdr%2ffiles',
    '/cdr%252ffiles',
    '/cdr/..%5cbook',
    '/cdr\\..\\book',
    '/cdr/\\book',
    '/cdr/%5c',
    '/cdr/%00',
    '/cdr/\u0000',
    '/cdr/%0a',
    '/cdr/%ff',
    '/cdr/%c0%ae%c0%ae/book',
    '/CDR',
    '/Cdr',
    '/%63dr/files',
    '/cdr/%66iles',
    ' /cdr',
    'cdr',
    '',
    'https://evil.example.com/cdr',
  ];

  test.each(TRICKS)('%j', async (path) => {
    expect((await service.decide(httpCall(`GET ${path}`, bearer(reader)))).status).toBe(403);
  });

  test.each(TRICKS.filter((path) => path.startsWith('/')))('%j at a REST API', async (path) => {
    expect((await service.decide(restCall(`GET ${path}`, bearer(reader)))).status).toBe(403);
  });
});

describe('wildcards of a policy, which would open other paths too, are 403 at a REST API', () => {
  test.each(['/cdr/*', '/cdr/1*', '/cdr/?', '/cdr/1?x=/book', `/cdr/\${aws:username}`, '/cdr/*/1'])(
    '%s',
    async (path) => {
      const call = `GET ${path}`;
      expect((await service.decide(restCall(call, bearer(reader)))).status).toBe(403);
      const { authorization } = bearer(reader);
      expect((await service.decide(tokenCall(call, authorization))).status).toBe(403);
    },
  );

  test('while an HTTP API, which takes no policy, has no trouble with them', async () => {
    expect(await status('GET /cdr/*', reader)).toBe(200);
  });
});

describe('the stage is no part of the path', () => {
  test.each([
    [{ stage: 'v1', prefix: '/v1' }, '/cdr', 200],
    [{ stage: 'v1', prefix: '/v1' }, '/cdr/files', 403],
    [{ stage: 'v1', prefix: '/v1' }, '/', 403],
    [{ stage: 'v1', prefix: '/v1' }, '/v1/cdr', 403],
    [{ prefix: '/cdr' }, '/book', 403],
    [{ prefix: '/calls/v1', domainName: 'api.example.com' }, '/cdr', 200],
    [{}, '/v1/cdr', 403],
    [{}, '/$default/cdr', 403],
  ])('F9: %j, path %s: %d', async (front, path, expected) => {
    for (const make of [httpCall, httpV1Call])
      expect((await service.decide(make(`GET ${path}`, bearer(reader), front))).status).toBe(
        expected,
      );
  });

  test('nor is the base path of a custom domain at a REST API', async () => {
    const event = { ...restCall('GET /cdr', bearer(reader)), path: '/base/cdr' };
    expect((await service.decide(event)).status).toBe(200);
  });

  test('a REST API is judged by the method ARN, not by what else the event says', async () => {
    const event = { ...restCall('GET /book', bearer(reader)), path: '/cdr', httpMethod: 'GET' };
    expect((await service.decide(event)).status).toBe(403);
    expect((await service.decide({ ...event, methodArn: `${ARN}/DELETE/cdr` })).status).toBe(403);
    expect((await service.decide({ ...event, methodArn: `${ARN}/GET` })).status).toBe(403);
  });
});
