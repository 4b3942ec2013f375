/** POST /oauth/revoke (RFC 7009). Real handler, real store, real keys; nothing patched. */
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeApiKey } from '../../../lib/guard/api-key.ts';
import { isFace } from '../../../lib/store/directory/client-id.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { addRole, sendJson } from '../../support/actors/accounts.ts';
import {
  addClient,
  basic,
  type Credentials,
  DEMO,
  form,
  posted,
  tokenOf,
} from '../../support/actors/clients.ts';
import { publicClient } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import { broken } from '../../support/running/proxy.ts';
import {
  advance,
  bearer,
  both,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
afterEach(() => service.dynamodb.heal());

const revoke = (client: Credentials, parameters: Record<string, string>) =>
  service.send('POST /oauth/revoke', form({ ...posted(client), ...parameters }));
const call = async (token: string, target = 'GET /api/v1/Sessions/1') =>
  (await outcome(() => service.authorizer(httpCall(target, bearer({ token, key: '' }))))).status;
const deletions = () =>
  service.dynamodb.requests.filter(({ action }) => action === 'TransactWriteItems').length;

describe('a token of its own', () => {
  test('is refused at the very next call', async () => {
    const token = await tokenOf(service, DEMO);
    expect(await call(token)).toBe(200);
    const { status, headers, body } = await revoke(DEMO, { token });
    expect({ status, body }).toEqual({ status: 200, body: {} });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    // R1: clients that read every answer as JSON refuse a type that API Gateway makes up.
    expect(headers['content-type']).toBe('application/json');
    expect(await call(token)).toBe(401);
  });

  test('R1: the answer is JSON, whatever the token was, so that no gateway makes up a type', async () => {
    for (const token of [await tokenOf(service, DEMO), 'x', 'a.b.c']) {
      const { status, headers, text } = await revoke(DEMO, { token });
      expect([status, headers['content-type'], text]).toEqual([200, 'application/json', '{}']);
    }
  });

  test('leaves other tokens of the client alone', async () => {
    const [token, other] = [await tokenOf(service, DEMO), await tokenOf(service, DEMO)];
    await revoke(DEMO, { token });
    expect(await call(other)).toBe(200);
  });

  test('may be revoked by HTTP Basic too (RFC 7009 §2.1)', async () => {
    const token = await tokenOf(service, DEMO);
    const sent = form({ token }, basic(`${DEMO.id}:${DEMO.secret}`));
    expect(await service.send('POST /oauth/revoke', sent)).toMatchObject({ status: 200 });
    expect(await call(token)).toBe(401);
  });

  test.each(['access_token', 'refresh_token', 'nonsense'])(
    'is found whatever the hint says: %s (RFC 7009 §2.1)',
    async (token_type_hint) => {
      const token = await tokenOf(service, DEMO);
      expect(await revoke(DEMO, { token, token_type_hint })).toMatchObject({ status: 200 });
      expect(await call(token)).toBe(401);
    },
  );

  test('is 200 twice, also when two requests race', async () => {
    const token = await tokenOf(service, DEMO);
    const answers = await Promise.all([revoke(DEMO, { token }), revoke(DEMO, { token })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await revoke(DEMO, { token })).toMatchObject({ status: 200, body: {} });
  });
});

describe('what is no valid token is 200 too, and deletes nothing (RFC 7009 §2.2)', () => {
  const cases: [string, () => Promise<string> | string][] = [
    ['garbage', () => 'garbage'],
    ['three parts of garbage', () => 'a.b.c'],
    [
      'a token with a forged signature',
      async () => `${(await tokenOf(service, DEMO)).slice(0, -8)}AAAAAAAA`,
    ],
    [
      'a token that was logged out',
      async () => {
        const token = await tokenOf(service, DEMO);
        await service.send('POST /logout', {
          headers: both({ token, key: String(decodeJwt(token)['sid']) }),
        });
        return token;
      },
    ],
    [
      'an expired token',
      async () => {
        const token = await tokenOf(service, DEMO);
        advance(3600);
        return token;
      },
    ],
  ];
  test.each(cases)('%s', async (_case, make) => {
    const token = await make();
    service.dynamodb.requests.length = 0;
    expect(await revoke(DEMO, { token })).toMatchObject({ status: 200, body: {} });
    expect(deletions()).toBe(0);
  });
});

describe('is refused, and nothing is revoked', () => {
  test("another client's token (RFC 7009 §2.1)", async () => {
    const token = await tokenOf(service, DEMO);
    const other = await addClient(service);
    expect(await revoke(other, { token })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(await call(token)).toBe(200);
  });

  test('another client’s token by a public client, which is not told (RFC 7009 §2.1)', async () => {
    const token = await tokenOf(service, DEMO);
    expect(await revoke(await publicClient(service), { token })).toMatchObject({
      ...{ status: 200, body: {} },
    });
    expect(await call(token)).toBe(200);
  });

  test('a domain token, by whichever client: only an administrator ends it (ADR 6)', async () => {
    const body = { expire: Date.now() + 3_600_000, role: 'user' };
    const root = await service.login('100@mydomain.com');
    const issued = await service.send('POST /api/v2/domains/mydomain.com/settings/token', {
      headers: { ...both(root), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { token } = issued.body['info'] as { token: string };
    for (const client of [DEMO, await publicClient(service)])
      expect(await revoke(client, { token })).toMatchObject({
        status: 400,
        body: { error: 'unsupported_token_type' },
      });
    expect(await call(token, 'GET /cdr')).toBe(200);
  });

  test('an API key: only an administrator switches it off (RFC 7009 §2.2.1)', async () => {
    const name = { subject: DEMO.id, key: 'key-1' };
    const { text } = makeApiKey({ name, hints: { domain: 'mydomain.com', roles: [] } });
    expect(await revoke(DEMO, { token: text })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_token_type' },
    });
  });

  test.each([
    ['no token', {}],
    ['an empty token', { token: '' }],
  ])('%s', async (_case, parameters) =>
    expect(await revoke(DEMO, parameters)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    }),
  );

  test('a client that does not prove who it is, whether the token is valid or not', async () => {
    const token = await tokenOf(service, DEMO);
    for (const sent of [token, 'garbage']) {
      expect(await revoke({ ...DEMO, secret: 'guess' }, { token: sent })).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="latchkey"' },
        body: { error: 'invalid_client' },
      });
      expect(await service.send('POST /oauth/revoke', form({ token: sent }))).toMatchObject({
        status: 401,
      });
    }
    expect(await call(token)).toBe(200);
  });

  test('a client that was disabled', async () => {
    const client = await addClient(service);
    const token = await tokenOf(service, client);
    await setDisabled(service.tables.directory, subjectKey(client.id), true);
    expect(await revoke(client, { token })).toMatchObject({ status: 401 });
  });

  test('by a fault: 503, and the token can be revoked again later (RFC 7009 §2.2.1)', async () => {
    const token = await tokenOf(service, DEMO);
    service.dynamodb.inject(({ action }) =>
      ['DeleteItem', 'TransactWriteItems'].includes(action) ? broken : undefined,
    );
    expect(await revoke(DEMO, { token })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '2' },
      body: { error: 'temporarily_unavailable' },
    });
    service.dynamodb.heal();
    expect(await revoke(DEMO, { token })).toMatchObject({ status: 200 });
    expect(await call(token)).toBe(401);
  });
});

describe('a token that a dialect issued, which is no other client’s (RFC 7009 §2.1)', () => {
  const secret = { password: 'secret' };
  const DIALECTS: [string, string, (name: string) => object][] = [
    ['webitel', 'POST /login', (username) => ({ username, ...secret })],
    ['appmixer', 'POST /user/auth', (username) => ({ username, ...secret })],
    ['faveo', 'POST /api/v1/authenticate', (username) => ({ username, ...secret })],
  ];
  let prober: Credentials;
  beforeAll(async () => {
    const acl = { 'oauth/introspect': ['r' as const] };
    await addRole(service.tables.directory, { name: 'prober', acl });
    prober = await addClient(service, { roles: ['prober'], scopes: ['oauth/introspect:r'] });
  });
  const signedIn = async (route: string, body: object) => {
    const answer = await service.send(route, sendJson(body));
    expect(answer.status).toBe(200);
    return String(answer.body['token']);
  };
  const isActive = async (token: string) => {
    const sent = form({ ...posted(prober), token });
    return (await service.send('POST /oauth/introspect', sent)).body['active'];
  };

  test.each(DIALECTS)('%s: ends with the session at the next call', async (face, route, body) => {
    expect(isFace(face)).toBe(true);
    const { username } = await addUser(service, { activated: true });
    const clients = [DEMO, await publicClient(service), await addClient(service)];
    const other = await signedIn(route, body(username));
    for (const client of clients) {
      const token = await signedIn(route, body(username));
      expect([await call(token, 'GET /cdr'), await isActive(token)]).toEqual([200, true]);
      for (const _ of [1, 2])
        expect(await revoke(client, { token })).toMatchObject({ status: 200, body: {} });
      expect([await call(token, 'GET /cdr'), await isActive(token)]).toEqual([401, false]);
    }
    expect([await call(other, 'GET /cdr'), await isActive(other)]).toEqual([200, true]);
  });

  test.each(DIALECTS)('%s: stays without a client that may revoke', async (_face, route, body) => {
    const { username } = await addUser(service, { activated: true });
    const token = await signedIn(route, body(username));
    const client = await addClient(service);
    await setDisabled(service.tables.directory, subjectKey(client.id), true);
    const nobody = [{ ...DEMO, secret: 'guess' }, client, { id: 'webitel', secret: 'guess' }];
    for (const one of nobody) expect(await revoke(one, { token })).toMatchObject({ status: 401 });
    expect(await service.send('POST /oauth/revoke', form({ token }))).toMatchObject({
      status: 401,
    });
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    expect(await revoke(DEMO, { token: forged })).toMatchObject({ status: 200 });
    expect(await call(token, 'GET /cdr')).toBe(200);
  });
});
