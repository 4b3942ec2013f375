/** Lists that lack what was stored before they were there, and have it afterwards. Real store. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { queryAll } from '../../../lib/aws/query.ts';
import { type Key, put, type Table } from '../../../lib/aws/table.ts';
import { fillLists } from '../../../lib/manage/deployment/fill-lists.ts';
import { makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';

const HERE = 'mydomain.com';
let service: Admin;
let root: Caller;
let id: string;

beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
  await makeRole(service, { name: 'old', acl: { cdr: ['r'] } });
  ({ id } = await makeUser(service, 'veteran', ['old'], HERE));
  const off = { body: { disabled: true }, headers: { 'if-match': '*' } };
  await service.admin(root, `PATCH /users/${id}`, off);
  const key = { owner: `domain#${HERE}`, name: 'of before', roles: ['old'] };
  await service.admin(root, 'POST /keys', { body: key });
});
afterAll(() => service.stop());

const seen = async () => ({
  role: (await all(service, root, '/users?role=old')).length,
  disabled: (await all(service, root, '/users?state=disabled')).length,
  keys: (await all(service, root, `/keys?domain=${HERE}`)).map(({ name }) => name),
});
const unlist = ({ client, name: TableName }: Table, { pk, sk }: Key) =>
  client.send(
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'REMOVE #list, listSort',
      ExpressionAttributeNames: { '#list': 'list' },
    }),
  );

test('what is there already is put into them, once or several times', async () => {
  const { directory, sessions } = service.tables;
  const now = { role: 1, disabled: 1, keys: ['of before'] };
  expect(await seen()).toEqual(now);

  await unlist(directory, { pk: 'holders#old', sk: id });
  await unlist(directory, { pk: `disabled#${id}`, sk: 'disabled' });
  const partition = `domain#${HERE}`;
  const [key] = await queryAll(sessions, { partition, prefix: 'session#key-' });
  await unlist(sessions, { pk: partition, sk: String(key?.['sk']) });
  expect(await seen()).toEqual({ role: 0, disabled: 0, keys: [] });

  const done = await fillLists(service.tables);
  expect(done).toMatchObject({ domains: expect.any(Number), keys: 1 });
  expect(await seen()).toEqual(now);
  expect(await fillLists(service.tables)).toEqual(done);
  expect(await seen()).toEqual(now);
});

test('a user who is enabled meanwhile is not put among the disabled ones', async () => {
  const { directory } = service.tables;
  const item = await queryAll(directory, { partition: id, prefix: 'subject' });
  await put(directory, { ...item[0], pk: id, sk: 'subject', disabled: false, version: 99 });
  await unlist(directory, { pk: `disabled#${id}`, sk: 'disabled' });
  await fillLists(service.tables);
  expect((await seen()).disabled).toBe(0);
});
