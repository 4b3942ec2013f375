/** A deployment in which nothing is named yet, as one of a release of before is: edited and judged item by item. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unnameContent } from '../../../lib/manage/deployment/name-content.ts';
import { readInForce } from '../../../lib/store/named/manifest.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import type { Credential } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
let session: Credential;
beforeAll(async () => {
  service = await startAdmin();
  await unnameContent(service.tables.directory);
  root = await service.by('100@mydomain.com');
  session = await service.login('200@mydomain.com');
});
afterAll(async () => {
  expect(await readInForce(service.tables.directory)).toBeUndefined();
  await service.stop();
});

const send = async (call: string, body?: object) => {
  const headers = { 'if-match': '*' };
  return (await service.admin(root, call, body ? { body, headers } : { headers })).status;
};
const status = async (call = 'GET /cdr') => (await service.call(session, call)).status;

test('a call is judged by what it reads', async () =>
  expect([await status(), await status('DELETE /cdr/1')]).toEqual([200, 403]));

test('an edit of a role and of the registry counts from the next call on', async () => {
  expect(await send('POST /resources', { name: 'novel', patterns: ['/novel'] })).toBe(201);
  expect(await status('GET /novel')).toBe(403);
  const { body } = await service.admin(root, 'GET /roles/user');
  const { acl } = body as { acl: object };
  expect(await send('PATCH /roles/user', { acl: { ...acl, novel: ['r'] } })).toBe(200);
  expect(await status('GET /novel')).toBe(200);
  expect(await send('PATCH /roles/user', { acl: { novel: null } })).toBe(200);
  expect(await status('GET /novel')).toBe(403);
});

test('a domain is made, switched off, signed out and deleted', async () => {
  expect(await send('POST /domains', { name: 'new.example' })).toBe(201);
  expect(await send('PATCH /domains/new.example', { disabled: true })).toBe(200);
  expect(await send('DELETE /domains/new.example')).toBe(204);
  expect(await status()).toBe(200);
  expect(await send('DELETE /sessions?domain=mydomain.com')).toBe(204);
  expect(await status()).toBe(401);
});
