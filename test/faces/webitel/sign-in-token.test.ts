/** What a login hands out: the token's header and claims, and the session behind it. */
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from '../../../lib/aws/table.ts';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { domainKey } from '../../../lib/store/directory/domains.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { placeOfSession } from '../../../lib/store/sessions/of-domain.ts';
import { sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { addUser } from '../../support/actors/people.ts';
import {
  type Answer,
  ISSUER,
  patiently,
  type Service,
  START,
  startService,
} from '../../support/running/service.ts';

const NOW = START.getTime() / 1000;
const DAY = 86_400;

let service: Service;
let user: { id: string; username: string };
let answer: Answer;
let token: string;
beforeAll(async () => {
  service = await startService({ AUDIENCE: 'https://apis.example.com' });
  user = await addUser(service, { roles: ['admin', 'user'] });
  answer = await login();
  token = String(answer.body['token']);
});
afterAll(() => service.stop());

const login = () =>
  service.postLogin({
    headers: { 'content-type': 'application/json', 'user-agent': 'test browser' },
    body: JSON.stringify({ username: user.username, password: 'secret' }),
  });

describe('the token', () => {
  test('says its type, an allowed algorithm and a published key (RFC 9068 §2.1)', async () => {
    const { body } = await service.get('/.well-known/jwks.json');
    const published = (body as { keys: { kid: string; alg: string }[] }).keys;
    const { kid } = published.find(({ alg }) => alg === 'ES256') ?? {};
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid });
  });

  test('holds the claims of an access token, times in seconds (RFC 9068 §2.2)', () => {
    expect(decodeJwt(token)).toEqual({
      iss: ISSUER,
      aud: 'https://apis.example.com',
      sub: user.id,
      sid: answer.body['key'],
      client_id: 'webitel',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: NOW,
      exp: NOW + DAY,
      domain: 'mydomain.com',
      roles: ['admin', 'user'],
      acl: answer.body['acl'],
    });
    expect(answer.body['expires']).toBe((NOW + DAY) * 1000);
  });

  test('verifies with nothing but the published keys (RFC 7517 §5)', async () => {
    const { body } = await service.get('/.well-known/jwks.json');
    const keys = createLocalJWKSet(body as never);
    await expect(jwtVerify(token, keys, { issuer: ISSUER, typ: 'at+jwt' })).resolves.toBeDefined();
  });

  test('is another one at each login, with another key', async () => {
    const again = await service.login(user.username);
    expect(again.key).not.toBe(answer.body['key']);
    expect(decodeJwt(again.token).jti).not.toBe(decodeJwt(token).jti);
  });

  test.each(['passwordHash', 'ip', 'password', 'names', 'email'])('does not tell %s', (name) => {
    expect(decodeJwt(token)).not.toHaveProperty(name);
    expect(answer.body).not.toHaveProperty(name);
  });
});

describe('the session', () => {
  test('is one item under the key, with what a verdict needs', async () => {
    const { directory, sessions } = service.tables;
    const name = { subject: user.id, key: String(answer.body['key']) };
    const subject = await get(directory, subjectKey(user.id));
    const domain = await get(directory, domainKey('mydomain.com'));
    expect(await get(sessions, sessionKey(name))).toEqual({
      ...sessionKey(name),
      kind: 'webitel',
      client: 'webitel',
      issuedAt: NOW,
      expiresAt: NOW + DAY,
      subjectGeneration: subject?.['generation'],
      domainGeneration: domain?.['generation'],
      ip: '192.0.2.1',
      userAgent: 'test browser',
      // Where it is found among all of the domain.
      ...placeOfSession(name, { domain: 'mydomain.com', expiresAt: NOW + DAY }),
    });
  });

  test('is opened even by a client that says no user agent', async () => {
    expect(await service.login(user.username)).toBeDefined();
  });

  test('costs at most three reads and one write', async () => {
    service.dynamodb.requests.length = 0;
    await service.login(user.username);
    const actions = service.dynamodb.requests.map(({ action }) => action);
    expect(actions).toEqual(['BatchGetItem', 'GetItem', 'BatchGetItem', 'TransactWriteItems']);
  });
});

test('A16: the token names the key, so it is the whole pair, and SECURITY.md says so', async () => {
  const { token, key } = await service.login('200@mydomain.com');
  const [, payload = ''] = token.split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ sid: key });
  const page = readFileSync('SECURITY.md', 'utf8');
  expect(page).toContain('the token names the key');
  expect(page).not.toMatch(/both halves/);
});

test('50 logins at once are 50 sessions, all alive', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => patiently(login)));
  const sessions = answers.map(({ body }) => ({
    token: String(body['token']),
    key: String(body['key']),
  }));
  expect(new Set(sessions.map(({ key }) => key)).size).toBe(50);
  for (const session of sessions)
    expect((await service.call(session, 'GET /cdr')).status).toBe(200);
});

test('a role with very many resources still gets a token that fits into a header', async () => {
  const names = Array.from(
    { length: 200 },
    (_, index) => `bulk/resource-with-a-longer-name-${index}`,
  );
  await registerResources(
    service.tables.directory,
    Object.fromEntries(names.map((name) => [name, []])),
  );
  await editRole(service.tables.directory, {
    name: 'bulk',
    number: -1,
    parents: [],
    acl: Object.fromEntries(names.map((name) => [name, ['r']])),
  });
  const { username } = await addUser(service, { roles: ['bulk'] });
  const session = await service.login(username);
  expect(session.token.length).toBeLessThan(4096);
  expect((await service.call(session, 'GET /bulk/resource-with-a-longer-name-199')).status).toBe(
    200,
  );
  expect(await service.logout(session)).toMatchObject({ status: 200 });
});
