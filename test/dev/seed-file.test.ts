/** LATCHKEY_SEED: what somebody may add to the local stack, and what is refused with which words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { seed } from '../../dev/seed.ts';
import { readSeedFile } from '../../dev/seed-file.ts';
import { readClient } from '../../lib/store/directory/clients.ts';
import { authenticate } from '../support/actors/authenticate.ts';
import { secretWorks } from '../support/actors/clients.ts';
import { freshTables } from '../support/running/tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'seed.json');
const read = (content: unknown) => {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readSeedFile(file, 'mydomain.com');
};
const APP = { id: 'my-app', secret: 'my-secret', redirectUris: ['https://rp.example.com/cb'] };

describe('a file is refused, with the place and without the value, for', () => {
  test.each<[string, unknown, RegExp]>([
    ['what is no JSON', '{"secret-value"', /cannot be read: it is not JSON/],
    ['what is no object', [], /must be an object/],
    ['a misspelt list', { client: [] }, /client is not known/],
    ['a client without an id', { clients: [{}] }, /clients\.0\.id must be/],
    [
      'a misspelt member',
      { clients: [{ ...APP, redirect_uris: [] }] },
      /redirect_uris is not known/,
    ],
    ['a single URI', { clients: [{ ...APP, redirectUris: 'x' }] }, /redirectUris must be Array/],
    [
      'a URI with a fragment',
      { clients: [{ ...APP, redirectUris: ['https://a.b/#c'] }] },
      /clients\.0: redirectUris: /,
    ],
    ['a reserved id', { clients: [{ ...APP, id: 'latchkey' }] }, /clients\.0: id: /],
    ['a missing secret', { clients: [{ ...APP, secret: undefined }] }, /clients\.0: secret: /],
    [
      'a public client with a secret',
      { clients: [{ ...APP, authentication: 'none' }] },
      /clients\.0: secret: /,
    ],
    [
      'a private key',
      {
        clients: [
          {
            id: 'key-app',
            authentication: 'private_key_jwt',
            jwks: { keys: [{ kty: 'EC', d: 'secret-value' }] },
          },
        ],
      },
      /public keys only/,
    ],
    ['a user without a password', { users: [{ username: 'x' }] }, /users\.0\.password must be/],
  ])('%s', (_case, content, problem) => {
    expect(() => read(content)).toThrow(problem);
    expect(() => read(content)).toThrow(/LATCHKEY_SEED/);
    expect(() => read(content)).not.toThrow(/secret-value/);
  });

  test('not being there', () =>
    expect(() => readSeedFile(join(folder, 'nowhere.json'), 'd')).toThrow(/ENOENT.*LATCHKEY_SEED/));
});

test('what is left out is as for the demo clients', () => {
  expect(read({ clients: [APP] }).clients).toEqual([
    { ...APP, name: 'my-app', domain: 'mydomain.com', roles: [], scopes: [] },
  ]);
});

test('clients and users are there after a start, and as the file has them after the next', async () => {
  const tables = await freshTables();
  const user = { username: 'me@example.com', password: 'of mine' };
  const start = (more: unknown) =>
    seed({
      endpoint: inject('dynamodb'),
      directoryTable: tables.directory.name,
      sessionsTable: tables.sessions.name,
      more: read(more),
    });
  await start({ clients: [APP], users: [user] });
  const first = await readClient(tables.directory, 'my-app');
  expect(first).toMatchObject({
    grants: ['authorization_code', 'refresh_token'],
    pkce: 'required',
  });
  expect(await authenticate(tables.directory, user)).toMatchObject({ status: 'ok' });

  const changed = { ...APP, secret: 'another', redirectUris: ['https://rp.example.com/two'] };
  await start({ clients: [changed], users: [user] });
  const second = await readClient(tables.directory, 'my-app');
  expect(second).toMatchObject({
    redirectUris: changed.redirectUris,
    generation: first?.generation,
  });
  const now = Math.floor(Date.now() / 1000);
  const login = (secret: string) => secretWorks(tables.directory, { id: 'my-app', secret }, now);
  expect(await login('another')).toBe(true);
  expect(await login('my-secret')).toBe(false);
});

test('the demo clients are as documented', async () => {
  const tables = await freshTables();
  const place = { directoryTable: tables.directory.name, sessionsTable: tables.sessions.name };
  await seed({ endpoint: inject('dynamodb'), ...place });
  for (const id of ['demo-web', 'demo-web-2'])
    expect(await readClient(tables.directory, id)).toMatchObject({
      authentication: 'secret',
      grants: ['authorization_code', 'refresh_token'],
      pkce: 'optional',
      redirectUris: ['http://127.0.0.1:9999/callback', 'https://127.0.0.1:9999/callback'],
      postLogoutRedirectUris: ['http://127.0.0.1:9999/bye'],
    });
  expect(await readClient(tables.directory, 'demo-spa')).toMatchObject({
    authentication: 'none',
    secrets: [],
    grants: ['authorization_code', 'refresh_token'],
    pkce: 'required',
    redirectUris: ['http://127.0.0.1:9999/callback'],
  });
});
