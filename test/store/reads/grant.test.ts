/** A client and its domain in one request: what was read once is not read again. */
import { beforeEach, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { newClient } from '../../../lib/manage/clients/register.ts';
import { saveClient } from '../../../lib/store/directory/clients.ts';
import { createDomain } from '../../../lib/store/directory/domains.ts';
import { domainIn, readClientAndDomain } from '../../../lib/store/reads/grant.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

/** Whatever asked it would fail. */
const UNREAD = {} as Table;
let directory: Table;

beforeEach(async () => {
  ({ directory } = await freshTables());
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  const registration = { id: 'app', name: 'App', domain: 'mydomain.com', roles: [], scopes: [] };
  await saveClient(directory, {
    after: newClient(registration, 'x'.repeat(43), epochMilliseconds(0)),
  });
});

test('the domain of a client that was seen before comes with it', async () => {
  const first = await readClientAndDomain(directory, 'app');
  expect(await domainIn(directory, first.domains, 'mydomain.com')).toMatchObject({ generation: 7 });
  const { client, domains } = await readClientAndDomain(directory, 'app');
  expect(client).toMatchObject({ id: 'app' });
  expect(await domainIn(UNREAD, domains, 'mydomain.com')).toMatchObject({ generation: 7 });
});

test.each(['nobody', '-', 'a b', 'domain#mydomain.com'])('there is no client %j', async (id) =>
  expect((await readClientAndDomain(directory, id)).client).toBeUndefined(),
);
