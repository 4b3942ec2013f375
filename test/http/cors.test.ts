/**
 * Which pages of other origins may read an answer. Real handlers, real store; over HTTP and for real
 * clients in test/conformance.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { corsPolicyOf } from '../../lib/http/cors.ts';
import { newClient } from '../../lib/manage/clients/register.ts';
import { saveClient } from '../../lib/store/directory/clients.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { basic, form } from '../support/actors/clients.ts';
import { readRoutes } from '../support/calls/routes.ts';
import { denied } from '../support/running/proxy.ts';
import { type Answer, type Service, startService } from '../support/running/service.ts';

const APP = 'https://app.example.com';
const OTHER = 'https://evil.example.com';
const SECRET = 'x'.repeat(43);

let service: Service;
beforeAll(async () => {
  service = await startService({ ALLOWED_ORIGINS: 'https://console.example.com' });
  const registration = { id: 'cors-app', name: 'App', domain: 'mydomain.com', roles: ['api'] };
  const client = newClient({ ...registration, scopes: [] }, SECRET, epochMilliseconds(Date.now()));
  await saveClient(service.tables.directory, { after: { ...client, allowedOrigins: [APP] } });
});
afterAll(() => service.stop());

const originIn = ({ headers }: Answer) => headers['access-control-allow-origin'];
const exposedIn = ({ headers }: Answer) => headers['access-control-expose-headers'] ?? '';
const token = (origin: string, parameters: Record<string, string>, headers = {}) =>
  service.send(
    'POST /oauth/token',
    form({ grant_type: 'client_credentials', ...parameters }, { origin, ...headers }),
  );
const secret = { client_id: 'cors-app', client_secret: SECRET };

describe('a path has one policy, and a path that is not listed is closed', () => {
  const policies = new Map(
    readRoutes().map(({ route }) => [route, corsPolicyOf(route.split(' ')[1] ?? '')]),
  );
  const having = (policy: string) =>
    [...policies].filter(([, it]) => it === policy).map(([route]) => route.split(' ')[1] ?? '');

  test('only what everybody may know is open', () => {
    expect(having('open').length).toBeGreaterThan(1);
    for (const path of having('open')) expect(path).toMatch(/^\/(\.well-known\/|openapi\.json$)/);
  });
  test('the endpoints that clients call follow the client', () => {
    for (const path of having('client')) expect(path).toMatch(/^\/(oauth|login\/connect)\//);
    expect(having('client')).toEqual(expect.arrayContaining(['/oauth/token', '/oauth/revoke']));
  });
  test.each([
    '/oauth/authorize',
    '/oauth/login',
    '/oauth/consent',
    '/session/end',
    '/session/end/confirm',
    '/',
    '/console',
    '/oauth/token/',
    '/oauth/tokens',
    '/loginx',
  ])('%s is closed (RFC 9700 §2.6)', (path) => expect(corsPolicyOf(path)).toBe('none'));
});

describe('the token endpoint, a page in a browser', () => {
  test('reads the answer from an origin that its client has registered', async () => {
    const answer = await token(APP, secret);
    expect(answer.status).toBe(200);
    expect(originIn(answer)).toBe(APP);
    expect(answer.headers['vary']).toBe('Origin');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('reads a refusal too, and its challenge', async () => {
    const wrong = basic(`cors-app:${'y'.repeat(43)}`);
    const answer = await token(APP, {}, wrong);
    expect(answer.status).toBe(401);
    expect(originIn(answer)).toBe(APP);
    expect(exposedIn(answer)).toContain('WWW-Authenticate');
    expect(answer.headers['www-authenticate']).toContain('Basic');
  });

  test.each([
    ['an origin of nobody', OTHER, secret],
    ['null, of a sandboxed page', 'null', secret],
    ['an origin that only begins alike', `${APP}.evil.example.com`, secret],
    ['the same host by http', 'http://app.example.com', secret],
    ['another port', `${APP}:8443`, secret],
    ['upper case', 'https://APP.example.com', secret],
    ['an origin of another client', APP, { client_id: 'demo-api', client_secret: 'wrong' }],
    ['an unknown client', APP, { client_id: 'nobody-knows-it', client_secret: 'x' }],
    ['a client id that is an object of ours', APP, { client_id: 'roles' }],
  ])('reads nothing from %s', async (_case, origin, parameters: Record<string, string>) => {
    expect(originIn(await token(origin, parameters))).toBeUndefined();
  });

  test('F5: from any origin reads the refusal of a request that names no client', async () => {
    for (const origin of [APP, OTHER]) {
      const answer = await token(origin, {});
      expect([answer.status, originIn(answer)]).toEqual([401, '*']);
    }
  });

  test('the list of the deployment does not count there', async () => {
    expect(originIn(await token('https://console.example.com', secret))).toBeUndefined();
  });

  test('costs no read where no browser asks', async () => {
    const reads = async (headers: Record<string, string>) => {
      service.dynamodb.requests.length = 0;
      await service.send(
        'POST /oauth/token',
        form({ grant_type: 'client_credentials', ...secret }, headers),
      );
      return service.dynamodb.requests.length;
    };
    const without = await reads({});
    expect(await reads({ origin: APP })).toBe(without + 1);
  });

  test('spends nothing when it cannot be said who may read the answer', async () => {
    service.dynamodb.requests.length = 0;
    service.dynamodb.inject(() => (service.dynamodb.requests.length === 1 ? denied : undefined));
    const answer = await token(APP, secret);
    service.dynamodb.heal();
    expect(answer.status).toBe(500);
    expect(service.dynamodb.requests.map(({ action }) => action)).toEqual(['GetItem']);
  });
});

describe('F5: userinfo says to a page why it was refused', () => {
  const userinfo = (headers: Record<string, string>, origin = APP) =>
    service.send('GET /oauth/userinfo', { headers: { origin, ...headers } });
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

  test.each([
    ['no token', {}, ''],
    ['no token of ours', bearer('dead'), ', error="invalid_token"'],
    ['half of one', bearer('a.b.c'), ', error="invalid_token"'],
  ])('%s: 401 with its challenge, for any origin', async (_case, headers, error) => {
    for (const origin of [APP, OTHER]) {
      const answer = await userinfo(headers as Record<string, string>, origin);
      expect([answer.status, originIn(answer)]).toEqual([401, '*']);
      expect(answer.headers['www-authenticate']).toBe(`Bearer realm="latchkey"${error}`);
      expect(exposedIn(answer)).toContain('WWW-Authenticate');
    }
  });

  test('a token without openid: 403 with its challenge, for the origins of its client alone', async () => {
    const { body } = await token(APP, secret);
    const own = bearer(String(body['access_token']));
    const answer = await userinfo(own);
    expect([answer.status, originIn(answer)]).toEqual([403, APP]);
    expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
    expect(originIn(await userinfo(own, OTHER))).toBeUndefined();
    await service.send(
      'POST /oauth/revoke',
      form({ token: String(body['access_token']), ...secret }),
    );
    const ended = await userinfo(own);
    expect([ended.status, originIn(ended)]).toEqual([401, APP]);
  });
});

describe('revocation', () => {
  test('follows the client that revokes', async () => {
    const revoke = (origin: string) =>
      service.send('POST /oauth/revoke', form({ token: 'x', ...secret }, { origin }));
    expect(originIn(await revoke(APP))).toBe(APP);
    expect(originIn(await revoke(OTHER))).toBeUndefined();
  });
});

describe("the dialects and the admin API follow the deployment's list", () => {
  const login = (origin: string) =>
    service.send('POST /login', { headers: { origin, 'content-type': 'application/json' } });

  test('an origin on it reads answers and refusals', async () => {
    expect(originIn(await login('https://console.example.com'))).toBe(
      'https://console.example.com',
    );
  });
  test('no other does, nor one of a client', async () => {
    expect(originIn(await login(OTHER))).toBeUndefined();
    expect(originIn(await login(APP))).toBeUndefined();
  });
});

describe('metadata and keys', () => {
  test.each(['/.well-known/jwks.json', '/.well-known/oauth-authorization-server'])(
    '%s is for every origin, in a cache too',
    async (path) => {
      const answer = await service.get(path);
      expect(originIn(answer)).toBe('*');
      expect(answer.headers['vary']).toBeUndefined();
    },
  );
});

describe('a preflight', () => {
  const ask = (path: string, origin = APP) =>
    service.send(`OPTIONS ${path}`, {
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  test.each(['/oauth/token', '/oauth/userinfo', '/oauth/revoke', '/oauth/introspect'])(
    'of %s is answered for any origin: it cannot say which client will call',
    async (path) => {
      const answer = await ask(path, OTHER);
      expect(answer.status).toBe(204);
      expect(originIn(answer)).toBe('*');
      expect(answer.headers['access-control-allow-headers']).toMatch(/\bAuthorization\b/);
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    },
  );

  test('of the admin API names an origin on the list, and its methods', async () => {
    const answer = await ask('/admin/api/users/1', 'https://console.example.com');
    expect(answer.status).toBe(204);
    expect(originIn(answer)).toBe('https://console.example.com');
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
    expect(answer.headers['access-control-allow-headers']).toContain('If-Match');
  });

  test('of the admin API is answered without permission for others', async () => {
    const answer = await ask('/admin/api/users/1', OTHER);
    expect(answer.status).toBe(204);
    expect(originIn(answer)).toBeUndefined();
    expect(answer.headers['access-control-allow-methods']).toBeUndefined();
  });

  test.each(['/oauth/authorize', '/oauth/login', '/oauth/consent', '/session/end', '/nowhere'])(
    'of %s is refused: no other origin has business there',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(404);
      expect(originIn(answer)).toBeUndefined();
    },
  );
});

describe('F4: an answer that is made early has the headers of all others', () => {
  const CONSOLE = 'https://console.example.com';
  const body = 'x'.repeat(70_000);
  const type = 'application/json';

  test.each(['POST /login', 'POST /user', 'POST /user/auth', 'POST /api/v1/authenticate'])(
    '413 at %s',
    async (call) => {
      const headers = { origin: CONSOLE, 'content-type': type };
      const answer = await service.send(call, { headers, body });
      expect([answer.status, originIn(answer)]).toEqual([413, CONSOLE]);
      const other = await service.send(call, { headers: { ...headers, origin: OTHER }, body });
      expect([other.status, originIn(other)]).toEqual([413, undefined]);
    },
  );
  // Nobody can say which client it is, and the answer holds nothing of one.
  test.each([
    ['too large', 413, `client_id=cors-app&client_secret=${body}`],
    ['no text', 400, Uint8Array.of(0xe9)],
  ])('at a client’s endpoint, for any origin: %s', async (_case, status, sent) => {
    for (const call of ['POST /oauth/token', 'POST /oauth/revoke', 'POST /oauth/introspect']) {
      const headers = { ...form({}).headers, origin: APP };
      const answer = await service.send(call, { headers, body: sent });
      expect([answer.status, originIn(answer)]).toEqual([status, '*']);
    }
  });
});
