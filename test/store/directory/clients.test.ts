/** Clients in the directory: each change is one write that happens whole, once, or not at all. */
import { beforeAll, describe, expect, test } from 'vitest';
import { queryAll } from '../../../lib/aws/query.ts';
import type { Table } from '../../../lib/aws/table.ts';
import {
  type Client,
  deleteClient,
  readClient,
  saveClient,
} from '../../../lib/store/directory/clients.ts';
import { holdersOf } from '../../../lib/store/directory/holders.ts';
import { instant } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

let directory: Table;
beforeAll(async () => {
  ({ directory } = await freshTables());
});

const NEW: Omit<Client, 'id'> = {
  ...{ kind: 'client', username: 'App', roles: [], domain: 'mydomain.com', disabled: false },
  ...{ generation: 1, authentication: 'secret', secrets: [], grants: [], scopes: [] },
  ...{ redirectUris: [], postLogoutRedirectUris: [], allowedOrigins: [], pkce: 'required' },
  ...{ consent: 'ask', idTokenAlgorithm: 'RS256', idTokenClaims: 'named', requireAuthTime: false },
  ...{ accessTokenType: 'at+jwt', createdAt: instant(1), updatedAt: instant(1), version: 0 },
};
const stored = async (id: string): Promise<Client> => {
  const client = await readClient(directory, id);
  if (!client) throw new Error(`no client ${id}`);
  return client;
};
test('an id that no client may have is not even looked for', async () => {
  const nowhere = { name: 'nowhere' } as Table;
  for (const id of ['', 'ab', 'a b', '0'.repeat(24), 'F'.repeat(24), 'x'.repeat(65), 'roots'])
    expect(await readClient(nowhere, id)).toBeUndefined();
  await expect(readClient(nowhere, 'app')).rejects.toThrow();
});

const holders = async () =>
  (await queryAll(directory, { partition: holdersOf('reader') })).map(({ sk }) => sk);

// One that holds a role is written with its place among the holders.
describe.each<[string, string, readonly string[]]>([
  ['that holds no role', 'plain', []],
  ['that holds a role', 'holding', ['reader']],
])('a client %s', (_is, id, roles) => {
  test('is made once: the id is then taken, and who has it stays as it is', async () => {
    const after = { ...NEW, id, roles };
    expect(await saveClient(directory, { after: { ...after, roles: [...roles] } })).toBe(true);
    const other = { ...after, username: 'Other', roles: [...roles] };
    expect(await saveClient(directory, { after: other })).toBe(false);
    expect(await stored(id)).toEqual({ ...after, version: 1 });
  });

  test('is changed by whoever has read it last', async () => {
    const before = await stored(id);
    expect(await saveClient(directory, { before, after: { ...before, username: 'B' } })).toBe(true);
    expect(await saveClient(directory, { before, after: { ...before, username: 'C' } })).toBe(
      false,
    );
    expect(await stored(id)).toEqual({ ...before, username: 'B', version: before.version + 1 });
  });

  test('is not deleted by who has read an older one, and then is, with its place', async () => {
    const client = await stored(id);
    expect((await holders()).includes(id)).toBe(roles.length > 0);
    const older = { ...client, version: client.version - 1 };
    expect(await deleteClient(directory, older)).toBe(false);
    expect(await stored(id)).toEqual(client);
    expect(await deleteClient(directory, client)).toBe(true);
    expect(await readClient(directory, id)).toBeUndefined();
    expect(await holders()).not.toContain(id);
    expect(await deleteClient(directory, client)).toBe(false);
  });
});
