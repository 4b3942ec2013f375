/** Clients that prove themselves by a key of their own. Real handlers, real store, a real key server. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ClientRegistration } from '../../../lib/manage/clients/register.ts';
import { addClient, basic, form } from '../../support/actors/clients.ts';
import { agree, refreshWith, webClient } from '../../support/actors/grants.ts';
import { assemble } from '../../support/actors/tokens.ts';
import { broken } from '../../support/running/proxy.ts';
import {
  type Answer,
  advance,
  ISSUER,
  type Service,
  startService,
} from '../../support/running/service.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const;
type Algorithm = (typeof ALGORITHMS)[number];
type Pair = { alg: string; privateKey: Parameters<SignJWT['sign']>[0]; jwk: JWK };

let service: Service;
let pairs: Record<Algorithm, Pair>;

async function newPair(alg: string, kid = `${alg}-1`): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } };
}

beforeAll(async () => {
  service = await startService({ ALLOW_REQUESTS_TO_LOOPBACK: 'true' });
  const made = await Promise.all(ALGORITHMS.map((alg) => newPair(alg)));
  pairs = Object.fromEntries(made.map((pair) => [pair.alg, pair])) as typeof pairs;
});
afterAll(() => service.stop());
afterEach(() => service.dynamodb.heal());

const now = () => Math.floor(Date.now() / 1000);
const keyed = (keys: JWK[], given: Partial<ClientRegistration> = {}) =>
  addClient(service, {
    authentication: 'private_key_jwt',
    jwks: { keys: keys as Record<string, unknown>[] },
    scopes: ['one'],
    ...given,
  });

let ids = 0;
const claimsOf = (client: string): JWTPayload => {
  ids += 1;
  const jti = `jti-${ids}`;
  return { iss: client, sub: client, aud: ISSUER, jti, iat: now(), exp: now() + 60 };
};
type Change = { claims?: Record<string, unknown>; header?: Record<string, unknown> };
/** `undefined` leaves a member out. */
const signed = (client: string, { alg, privateKey, jwk }: Pair, change: Change = {}) =>
  new SignJWT({ ...claimsOf(client), ...change.claims } as JWTPayload)
    .setProtectedHeader({ alg, ...(jwk.kid && { kid: jwk.kid }), ...change.header })
    .sign(privateKey);

const send = (assertion: string, more: Record<string, string> = {}): Promise<Answer> =>
  service.send(
    'POST /oauth/token',
    form({
      grant_type: 'client_credentials',
      client_assertion_type: TYPE,
      client_assertion: assertion,
      ...more,
    }),
  );
const REFUSED = {
  status: 401,
  body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
};

describe('a client is let in', () => {
  test.each(ALGORITHMS)('by an assertion signed with %s (RFC 7523 §3)', async (alg) => {
    const { id } = await keyed([pairs[alg].jwk]);
    const { status, body } = await send(await signed(id, pairs[alg]));
    expect({ status, scope: body['scope'] }).toEqual({ status: 200, scope: 'one' });
  });

  test.each<[string, Change, Record<string, string>]>([
    ['with the token endpoint as its audience', { claims: { aud: `${ISSUER}/oauth/token` } }, {}],
    ['with both as audiences', { claims: { aud: [ISSUER, `${ISSUER}/oauth/token`] } }, {}],
    ['by a clock that is a little ahead', { claims: { nbf: START + 8, iat: START + 8 } }, {}],
    ['by a clock that is a little behind', { claims: { exp: START - 8 } }, {}],
    ['without iat', { claims: { iat: undefined } }, {}],
    ['without kid', { header: { kid: undefined } }, {}],
    ['of any typ', { header: { typ: 'client-authentication+jwt' } }, {}],
  ])('%s', async (_case, { claims = {}, header = {} }, more) => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const shifted = Object.fromEntries(
      Object.entries(claims).map(([name, value]) => [
        name,
        typeof value === 'number' ? value - START + now() : value,
      ]),
    );
    const assertion = await signed(id, pairs.ES256, { claims: shifted, header });
    expect((await send(assertion, more)).status).toBe(200);
  });

  test.each([
    ['EdDSA', 'Ed25519'],
    ['Ed25519', 'EdDSA'],
  ] as const)('C3: by %s with a key that is marked %s (RFC 9864 §2.2)', async (alg, marked) => {
    const { id } = await keyed([{ ...pairs[alg].jwk, alg: marked }]);
    expect((await send(await signed(id, pairs[alg]))).status).toBe(200);
  });

  test('with its client_id beside the assertion (RFC 7521 §4.2)', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    expect((await send(await signed(id, pairs.ES256), { client_id: id })).status).toBe(200);
  });

  test('by either of two keys', async () => {
    const { id } = await keyed([pairs.ES256.jwk, pairs.PS256.jwk]);
    for (const pair of [pairs.ES256, pairs.PS256])
      expect((await send(await signed(id, pair))).status).toBe(200);
  });

  test('at every endpoint: code, refresh, introspection, revocation', async () => {
    const client = await webClient(service, {
      authentication: 'private_key_jwt',
      jwks: { keys: [pairs.ES256.jwk as Record<string, unknown>] },
    });
    const proof = async () => ({
      client_assertion_type: TYPE,
      client_assertion: await signed(client.id, pairs.ES256),
    });
    const { exchange } = await agree(service, { client });
    const { client_secret: _, ...code } = exchange;
    const tokens = await service.send('POST /oauth/token', form({ ...code, ...(await proof()) }));
    expect(tokens.status).toBe(200);
    const refresh = String(tokens.body['refresh_token']);
    expect((await refreshWith(service, client, refresh, await proof())).status).toBe(200);
    const sent = async () => form({ token: refresh, ...(await proof()) });
    expect((await service.send('POST /oauth/introspect', await sent())).body).toMatchObject({
      active: true,
    });
    expect((await service.send('POST /oauth/revoke', await sent())).status).toBe(200);
    expect((await service.send('POST /oauth/introspect', await sent())).body).toEqual({
      active: false,
    });
  });
});

const START = 1_767_225_600;

describe('is refused with 401 and the same words (RFC 7523 §3.2)', () => {
  test.each<[string, Record<string, unknown>]>([
    ['no exp', { exp: undefined }],
    ['no jti', { jti: undefined }],
    ['an empty jti', { jti: '' }],
    ['no iss', { iss: undefined }],
    ['no aud', { aud: undefined }],
    ['an empty list for aud', { aud: [] }],
    ['expired five minutes ago', { exp: -300 }],
    ['expired a minute ago', { exp: -60 }],
    ['good for a day', { exp: 86_400 }],
    ['not valid for a minute yet', { nbf: 61 }],
    ['issued in an hour', { iat: 3600 }],
    ['another audience', { aud: 'https://other.example' }],
    ['us and another audience', { aud: [ISSUER, 'https://other.example'] }],
    ['the issuer with a slash', { aud: `${ISSUER}/` }],
    ['another iss', { iss: 'somebody' }],
    ['exp as a text', { exp: '9999999999' }],
  ])('%s', async (_case, change) => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const claims = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [
        name,
        typeof value === 'number' ? now() + value : value,
      ]),
    );
    expect(await send(await signed(id, pairs.ES256, { claims }))).toMatchObject(REFUSED);
  });

  test('another sub: it is looked up as whom it names', async () => {
    const [one, other] = [await keyed([pairs.ES256.jwk]), await keyed([pairs.RS256.jwk])];
    const claims = { sub: other.id };
    expect(await send(await signed(one.id, pairs.ES256, { claims }))).toMatchObject(REFUSED);
  });

  test('a key that is not its own', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const stranger = await newPair('ES256');
    expect(await send(await signed(id, stranger))).toMatchObject(REFUSED);
    expect(await send(await signed(id, pairs.RS256))).toMatchObject(REFUSED);
  });

  test('a kid that it does not have', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const header = { kid: 'other' };
    expect(await send(await signed(id, pairs.ES256, { header }))).toMatchObject(REFUSED);
  });

  test('a key for encryption, or of another algorithm', async () => {
    const forUse = await keyed([{ ...pairs.ES256.jwk, use: 'enc' }]);
    expect(await send(await signed(forUse.id, pairs.ES256))).toMatchObject(REFUSED);
    const forPss = await keyed([{ ...pairs.RS256.jwk, alg: 'PS256' }]);
    expect(await send(await signed(forPss.id, pairs.RS256))).toMatchObject(REFUSED);
  });

  test.each<[string, Algorithm]>([
    ['Ed25519', 'ES256'],
    ['Ed25519', 'RS256'],
    ['ES256', 'Ed25519'],
    ['Ed448', 'Ed25519'],
    ['ed25519', 'Ed25519'],
    ['EDDSA', 'EdDSA'],
  ])('C3: alg %s, signed with a key for %s (RFC 8725 §3.1)', async (alg, of) => {
    const { alg: _, ...unmarked } = pairs[of].jwk;
    const { id } = await keyed([unmarked]);
    const [, body = '', signature = ''] = (await signed(id, pairs[of])).split('.');
    const head = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    expect(await send([head, body, signature].join('.'))).toMatchObject(REFUSED);
  });

  test('C3: an Ed448 key signs by neither name (RFC 9864 §2.2)', async () => {
    const { generateKeyPairSync, sign } = await import('node:crypto');
    const { privateKey, publicKey } = generateKeyPairSync('ed448');
    const { id } = await keyed([publicKey.export({ format: 'jwk' }) as JWK]);
    for (const alg of ['EdDSA', 'Ed25519', 'Ed448']) {
      const unsigned = assemble({ alg }, claimsOf(id)).replace(/\.$/, '');
      const signature = sign(null, Buffer.from(unsigned), privateKey).toString('base64url');
      expect(await send(`${unsigned}.${signature}`)).toMatchObject(REFUSED);
    }
  });

  test('alg none (RFC 8725 §3.2)', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    for (const alg of ['none', 'None', 'NONE'])
      for (const signature of ['', 'AAAA'])
        expect(await send(assemble({ alg }, claimsOf(id), signature))).toMatchObject(REFUSED);
  });

  test('HS256 keyed with its own public key (RFC 8725 §3.1)', async () => {
    const { id } = await keyed([pairs.RS256.jwk]);
    const key = new TextEncoder().encode(JSON.stringify(pairs.RS256.jwk));
    const assertion = await new SignJWT(claimsOf(id))
      .setProtectedHeader({ alg: 'HS256', kid: 'RS256-1' })
      .sign(key);
    expect(await send(assertion)).toMatchObject(REFUSED);
  });

  test('an RSA key of 1024 bits (RFC 7518 §3.3)', async () => {
    const { generateKeyPairSync, sign } = await import('node:crypto');
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const { id } = await keyed([publicKey.export({ format: 'jwk' }) as JWK]);
    const unsigned = assemble({ alg: 'RS256' }, claimsOf(id)).replace(/\.$/, '');
    const signature = sign('sha256', Buffer.from(unsigned), privateKey).toString('base64url');
    expect(await send(`${unsigned}.${signature}`)).toMatchObject(REFUSED);
  });

  test('a critical extension (RFC 7515 §4.1.11)', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const assertion = await signed(id, pairs.ES256, { header: { crit: ['b64'], b64: true } });
    expect(await send(assertion)).toMatchObject(REFUSED);
  });

  test.each(['x', 'a.b', 'a.b.c', '..', '{}', `${'x'.repeat(9000)}.y.z`])(
    'what is no assertion: %.20s',
    async (text) => expect(await send(text)).toMatchObject(REFUSED),
  );

  test('an assertion changed after it was signed', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const [head, , signature] = (await signed(id, pairs.ES256)).split('.');
    const body = Buffer.from(JSON.stringify(claimsOf(id))).toString('base64url');
    expect(await send([head, body, signature].join('.'))).toMatchObject(REFUSED);
  });

  test('a client whose way is another', async () => {
    const { id, secret } = await addClient(service);
    expect(await send(await signed(id, pairs.ES256))).toMatchObject(REFUSED);
    const own = await keyed([pairs.ES256.jwk]);
    for (const sent of [
      form({ grant_type: 'client_credentials', client_id: own.id, client_secret: secret }),
      form({ grant_type: 'client_credentials', client_id: own.id }),
      form({ grant_type: 'client_credentials' }, basic(`${own.id}:${secret}`)),
    ])
      expect(await service.send('POST /oauth/token', sent)).toMatchObject(REFUSED);
  });
});

describe('is refused with 400 (RFC 6749 §2.3, RFC 7521 §4.2)', () => {
  test.each<[string, Record<string, string>]>([
    ['no client_assertion_type', { client_assertion_type: '' }],
    ['another client_assertion_type', { client_assertion_type: `${TYPE}2` }],
    ['a secret beside it', { client_secret: 'x' }],
    ['another client_id', { client_id: 'somebody' }],
  ])('%s', async (_case, more) => {
    const { id } = await keyed([pairs.ES256.jwk]);
    expect(await send(await signed(id, pairs.ES256), more)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  });

  test('an assertion in the URI', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const query = new URLSearchParams({ client_assertion: await signed(id, pairs.ES256) });
    const sent = form({ grant_type: 'client_credentials', client_assertion_type: TYPE });
    expect(await service.send(`POST /oauth/token?${query}`, sent)).toMatchObject({ status: 400 });
  });
});

describe('an assertion works once (RFC 7523 §3, jti)', () => {
  test('and not again, for as long as it is good', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const assertion = await signed(id, pairs.ES256, { claims: { exp: now() + 3600 } });
    expect((await send(assertion)).status).toBe(200);
    for (const seconds of [0, 60, 3500]) {
      advance(seconds);
      expect(await send(assertion)).toMatchObject(REFUSED);
    }
  });

  test('nor in the half minute in which a late clock is forgiven', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const assertion = await signed(id, pairs.ES256, { claims: { exp: now() + 60 } });
    expect((await send(assertion)).status).toBe(200);
    for (const seconds of [31, 29, 1, 28]) {
      advance(seconds);
      expect(await send(assertion)).toMatchObject(REFUSED);
    }
    const late = await signed(id, pairs.ES256, { claims: { exp: now() - 29 } });
    expect((await send(late)).status).toBe(200);
    expect(await send(late)).toMatchObject(REFUSED);
  });

  test('however many send it at once', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const assertion = await signed(id, pairs.ES256);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(assertion)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('at whichever endpoint', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const assertion = await signed(id, pairs.ES256);
    const sent = form({ token: 'x', client_assertion: assertion, client_assertion_type: TYPE });
    expect((await service.send('POST /oauth/introspect', sent)).status).toBe(200);
    expect(await send(assertion)).toMatchObject(REFUSED);
  });

  test('of each client: another one may have the same jti', async () => {
    const [one, other] = [await keyed([pairs.ES256.jwk]), await keyed([pairs.ES256.jwk])];
    for (const { id } of [one, other])
      expect((await send(await signed(id, pairs.ES256, { claims: { jti: 'same' } }))).status).toBe(
        200,
      );
  });

  test('but one that was refused has used up nothing', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    const stranger = await newPair('ES256');
    const claims = { jti: 'mine' };
    expect(await send(await signed(id, stranger, { claims }))).toMatchObject(REFUSED);
    expect((await send(await signed(id, pairs.ES256, { claims }))).status).toBe(200);
  });

  test('costs one conditional write; a failing store lets nobody in', async () => {
    const { id } = await keyed([pairs.ES256.jwk]);
    service.dynamodb.requests.length = 0;
    await send(await signed(id, pairs.ES256));
    const actions = service.dynamodb.requests.map(({ action }) => action);
    expect(actions).toEqual(['BatchGetItem', 'PutItem', 'GetItem', 'PutItem']);
    expect(service.dynamodb.requests[1]?.body).toHaveProperty('ConditionExpression');
    service.dynamodb.inject(({ action }) => (action === 'PutItem' ? broken : undefined));
    expect(await send(await signed(id, pairs.ES256))).toMatchObject({ status: 503 });
  });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
}
const byUri = (jwksUri: string) => keyed([], { jwks: undefined, jwksUri });

describe('keys that a client publishes (jwks_uri)', () => {
  const publishing = async (keys: JWK[]) => {
    const published = { keys, requests: 0 };
    const uri = await serve((_request, response) => {
      published.requests += 1;
      response.writeHead(200, { 'content-type': 'application/jwk-set+json' });
      response.end(JSON.stringify({ keys: published.keys }));
    });
    return { published, ...(await byUri(uri)) };
  };

  test('are fetched once, and held for five minutes', async () => {
    const { id, published } = await publishing([pairs.ES256.jwk]);
    for (let count = 0; count < 3; count++)
      expect((await send(await signed(id, pairs.ES256))).status).toBe(200);
    expect(published.requests).toBe(1);
    advance(300);
    expect((await send(await signed(id, pairs.ES256))).status).toBe(200);
    expect(published.requests).toBe(2);
  });

  test('are fetched once, however many ask at once', async () => {
    const { id, published } = await publishing([pairs.ES256.jwk]);
    const assertions = await Promise.all(Array.from({ length: 6 }, () => signed(id, pairs.ES256)));
    const answers = await Promise.all(assertions.map((assertion) => send(assertion)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(published.requests).toBe(1);
  });

  test('are fetched anew for a kid that is not among them (OpenID Connect Core §10.1.1)', async () => {
    const { id, published } = await publishing([pairs.ES256.jwk]);
    expect((await send(await signed(id, pairs.ES256))).status).toBe(200);
    const next = await newPair('ES256', 'next');
    published.keys = [next.jwk];
    advance(30);
    expect((await send(await signed(id, next))).status).toBe(200);
    expect(await send(await signed(id, pairs.ES256))).toMatchObject(REFUSED);
  });

  test('but not for every invented one', async () => {
    const { id, published } = await publishing([pairs.ES256.jwk]);
    for (const kid of ['a', 'b', 'c', 'd'])
      expect(await send(await signed(id, pairs.ES256, { header: { kid } }))).toMatchObject(REFUSED);
    expect(published.requests).toBe(1);
  });

  test.each<[string, RequestListener]>([
    ['an error', (_request, response) => void response.writeHead(500).end('{"keys":[]}')],
    [
      'a redirect',
      (_request, response) => void response.writeHead(302, { location: '/keys' }).end(),
    ],
    ['no JSON', (_request, response) => void response.end('<html>')],
    ['no key set', (_request, response) => void response.end('[]')],
    ['a set of no objects', (_request, response) => void response.end('{"keys":["x"]}')],
    ['keys that are none', (_request, response) => void response.end('{"keys":[{"kty":"EC"}]}')],
    [
      'a thousand keys',
      (_request, response) => void response.end(JSON.stringify({ keys: Array(1000).fill({}) })),
    ],
    ['a megabyte', (_request, response) => void response.end(`"${'x'.repeat(1_000_000)}"`)],
    ['nothing, and hangs up', (request) => void request.socket.destroy()],
  ])('%s proves nothing, and is no fault of ours', async (_case, listener) => {
    const { id } = await byUri(await serve(listener));
    expect(await send(await signed(id, pairs.ES256))).toMatchObject(REFUSED);
  });

  test('nothing in time proves nothing', async () => {
    const { id } = await byUri(await serve(() => {}));
    const started = performance.now();
    expect(await send(await signed(id, pairs.ES256))).toMatchObject(REFUSED);
    expect(performance.now() - started).toBeLessThan(8000);
  }, 15_000);

  test('a private address is never called, whatever the setting (SSRF)', async () => {
    for (const uri of [
      'https://10.0.0.1/',
      'https://169.254.169.254/',
      'https://[fd00:ec2::254]/',
    ]) {
      const { id } = await byUri(uri);
      expect(await send(await signed(id, pairs.ES256))).toMatchObject(REFUSED);
    }
  });

  test('loopback is not called but where the deployment says so', async () => {
    let requests = 0;
    const uri = await serve((_request, response) => {
      requests += 1;
      response.end(JSON.stringify({ keys: [pairs.ES256.jwk] }));
    });
    const { id } = await byUri(uri);
    process.env['ALLOW_REQUESTS_TO_LOOPBACK'] = 'false';
    const { coldStart } = await import('../../support/running/service.ts');
    const strict = await coldStart();
    process.env['ALLOW_REQUESTS_TO_LOOPBACK'] = 'true';
    const sent = {
      grant_type: 'client_credentials',
      client_assertion_type: TYPE,
      client_assertion: await signed(id, pairs.ES256),
    };
    expect(await strict.send('POST /oauth/token', form(sent))).toMatchObject(REFUSED);
    expect(requests).toBe(0);
  });
});
