/**
 * Two edits of related roles at one moment, where each role is an item: DynamoDB shows the items of a transaction
 * one by one, and each order is made to happen on the wire.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { readAllRoles, roleKey } from '../../../lib/store/directory/roles.ts';
import { type AwsProxy, type Request, startProxy } from '../../support/running/proxy.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

type Item = Record<string, { S?: string }>;

let proxy: AwsProxy;
/** Past the proxy. */
let direct: Table;
/** Through it. */
let other: Table;
beforeEach(async () => {
  proxy = await startProxy(inject('dynamodb'));
  ({ directory: direct } = await freshTables());
  other = { client: localClient(proxy.endpoint), name: direct.name };
});
afterEach(async () => {
  other.client.destroy();
  await proxy.stop();
});

const acl = { 'own-a': ['r' as const] };
const parent = { name: 'parent', number: 0, parents: [] };
const heir = { name: 'heir', number: 0, parents: ['parent'], acl: {} };
const rolesOf = async () =>
  Object.fromEntries((await readAllRoles(direct)).roles.map((one) => [one.name, one]));
/** What `edit` writes into these roles is not shown before it was asked for `times` times. */
async function showLate(edit: () => Promise<unknown>, names: readonly string[], times = 1) {
  const { name } = direct;
  const places = names.map((role) => ({ pk: { S: roleKey(role).pk }, sk: { S: 'role' } }));
  const before = await Promise.all(places.map((Key) => raw(name, Key)));
  await edit();
  let asked = 0;
  const isIn = (request: Request) =>
    JSON.stringify(request.body).includes(`"${roleKey(names[0] ?? '').pk}"`);
  proxy.inject((request) => {
    if (!/Get/.test(request.action) || !isIn(request) || asked++ >= times) return undefined;
    // So the Developer Guide has it: such a read is serializable, and refused meanwhile.
    if (request.action === 'TransactGetItems') return conflict(request);
    return (answer) => before.reduce((all, item) => withItem(all, name, item), answer);
  });
  return () => asked;
}
const conflict = ({ body }: Request) => ({
  status: 400,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'in flight',
    CancellationReasons: (body['TransactItems'] as []).map(() => ({
      Code: 'TransactionConflict',
    })),
  },
});

/** As it is on the wire. */
async function raw(TableName: string, Key: object): Promise<Item> {
  const command = new GetItemCommand({ TableName, Key: Key as never, ConsistentRead: true });
  const { Item } = await direct.client.send(command);
  return Item as unknown as Item;
}

function withItem(answer: Record<string, unknown>, table: string, item: Item) {
  const { [table]: items = [], ...others } = answer['Responses'] as Record<string, Item[]>;
  const rest = items.filter(({ pk }) => pk?.S !== item['pk']?.S);
  return { ...answer, Responses: { ...others, [table]: [...rest, item] } };
}

describe('an edit of roles, while another one shows in their list and not yet in them', () => {
  beforeEach(async () => {
    await registerResources(direct, { 'own-a': [] });
    await editRole(direct, { ...parent, acl });
    await editRole(direct, heir);
  });

  test('gives a new heir what its parent has now', async () => {
    const asked = await showLate(
      () => editRole(direct, { ...parent, acl: {} }),
      ['parent', 'heir'],
    );
    await editRole(other, { ...heir, name: 'another' });
    const effective = Object.values(await rolesOf()).map((one) => one.effective);
    expect(effective).toEqual([{}, {}, {}]);
    expect(asked()).toBeGreaterThan(1);
  });

  test('does not take back what the other one made of an heir', async () => {
    await editRole(direct, { ...heir, acl });
    await showLate(() => editRole(direct, heir), ['heir']);
    await editRole(other, { ...parent, acl: {} });
    expect((await rolesOf())['heir']).toEqual({ ...heir, effective: {}, ancestors: ['parent'] });
  });

  test('finds an heir that has become one with the other', async () => {
    await editRole(direct, { ...heir, parents: [] });
    await showLate(() => editRole(direct, heir), ['heir']);
    await editRole(other, { ...parent, acl: {} });
    expect((await rolesOf())['heir']).toEqual({ ...heir, effective: {}, ancestors: ['parent'] });
  });

  test('is refused where it never shows, and changes nothing', async () => {
    await showLate(() => editRole(direct, { ...parent, acl: {} }), ['parent'], 99);
    await expect(editRole(other, { ...heir, name: 'another' })).rejects.toMatchObject({
      said: { code: 'temporarily_unavailable' },
    });
    expect(Object.keys(await rolesOf())).toEqual(['heir', 'parent']);
  });
});
