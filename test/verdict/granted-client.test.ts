/** A grant lives with its client: gone, switched off, signed out, or another kind of subject by now. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Tables } from '../../lib/aws/tables.ts';
import { newClient } from '../../lib/manage/clients/register.ts';
import { registerResources } from '../../lib/manage/resources/registry.ts';
import { editRole } from '../../lib/manage/roles/edit.ts';
import {
  type Client,
  deleteClient,
  readClient,
  saveClient,
} from '../../lib/store/directory/clients.ts';
import { createDomain } from '../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { type Subject, subjectKey } from '../../lib/store/directory/subjects.ts';
import { saveUser } from '../../lib/store/directory/users.ts';
import { type Session, saveSession } from '../../lib/store/sessions/sessions.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import { grantedClient } from '../../lib/verdict/granted-client.ts';
import { judge } from '../../lib/verdict/judge.ts';
import { userItem } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = 1_000_000;
const DOMAIN = 'mydomain.com';
let tables: Tables;
let client: Client;

const grantTo = (id: string, generation: number) =>
  saveSession(
    tables.sessions,
    { subject: 'user-1', key: id },
    {
      kind: 'authorization_code',
      client: id,
      clientGeneration: generation,
      issuedAt: instant(NOW),
      expiresAt: instant(NOW + 60),
      subjectGeneration: 3,
      domainGeneration: 7,
      scope: 'cdr:r',
      ip: '',
    },
  );
/** @param hinted - The client as a token names it. */
const status = async (key = client.id, hinted: string | undefined = key) => {
  const hints = { domain: DOMAIN, roles: ['reader'], client: hinted };
  const call = { method: 'GET', path: '/cdr' };
  return (await judge(tables, { name: { subject: 'user-1', key }, hints }, call, instant(NOW)))
    .status;
};

beforeEach(async () => {
  tables = await freshTables();
  const { directory } = tables;
  await createDomain(directory, { name: DOMAIN, disabled: false, generation: 7 });
  await registerResources(directory, { cdr: [] });
  await editRole(directory, { name: 'reader', number: 0, parents: [], acl: { cdr: ['r'] } });
  const user = { names: ['u'], roles: ['reader'], domain: DOMAIN, generation: 3 };
  await saveUser(directory, { after: userItem({ id: 'user-1', ...user }) });
  client = newClient(
    { id: 'app', name: 'App', domain: DOMAIN, roles: [], scopes: ['cdr:r'] },
    'x'.repeat(43),
    epochMilliseconds(NOW * 1000),
  );
  await saveClient(directory, { after: client });
  await grantTo('app', client.generation);
});

describe('a grant is allowed what its client may ask for', () => {
  test.each([['named'], [undefined], ['user-1'], ['nobody']])(
    'whether its token names the client or not: %s',
    async (hinted) =>
      expect(await status('app', hinted === 'named' ? 'app' : hinted)).toBe('allowed'),
  );
});

describe('a grant is not authenticated once its client', () => {
  test.each<[string, () => Promise<unknown>]>([
    [
      'is gone',
      async () => {
        const stored = await readClient(tables.directory, 'app');
        if (stored) await deleteClient(tables.directory, stored);
      },
    ],
    ['is disabled', () => setDisabled(tables.directory, subjectKey('app'), true)],
    ['was signed out', () => raiseGeneration(tables.directory, subjectKey('app'))],
  ])('%s', async (_case, end) => {
    await end();
    expect([await status(), await status('app', undefined)]).toEqual([
      'unauthenticated',
      'unauthenticated',
    ]);
  });

  test('is no client: the id is a user’s', async () => {
    await grantTo('user-1', 3);
    expect(await status('user-1')).toBe('unauthenticated');
  });

  test('never was', async () => {
    await grantTo('nobody', 1);
    expect(await status('nobody')).toBe('unauthenticated');
  });
});

describe('of a client that was read already', () => {
  const CLIENT = { kind: 'client', id: 'app', disabled: false, generation: 2, domain: DOMAIN };
  const SESSION = { kind: 'authorization_code', client: 'app', clientGeneration: 2 };
  // Whatever were read besides would fail.
  const recipient = (more: object, session: object = SESSION) =>
    grantedClient({} as Tables, session as Session, {
      subject: { domain: DOMAIN } as Subject,
      client: { ...CLIENT, ...more } as Subject,
    });

  test('a grant lives with it, and what is no grant with none', async () => {
    expect(await recipient({})).toEqual({ status: 'live', client: CLIENT });
    for (const session of [{ kind: 'webitel' }, { ...SESSION, clientGeneration: undefined }])
      expect(await recipient({}, session)).toEqual({ status: 'live', client: undefined });
  });

  test.each<[string, object]>([
    ['the client is gone', { kind: 'user' }],
    ['the client is disabled', { disabled: true }],
    ['the client was signed out', { generation: 3 }],
    ['the client does not admit the domain of the user', { domain: 'other.com' }],
    ['the client does not admit the domain of the user', { domains: ['other.com'] }],
  ])('a grant is dead since %s: %j', async (reason, more) =>
    expect(await recipient(more)).toEqual({ status: 'dead', reason }),
  );
});
