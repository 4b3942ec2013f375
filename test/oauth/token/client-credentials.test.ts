/** POST /oauth/token, client_credentials. Real handler, real store, real keys; nothing patched. */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import {
  addClient,
  basic,
  type Credentials,
  DEMO,
  form,
  posted,
  requestToken,
  tokenOf,
} from '../../support/actors/clients.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import {
  advance,
  bearer,
  both,
  coldStart,
  ISSUER,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';
import { changeClient } from '../../support/web/sign-in.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const grant = { grant_type: 'client_credentials' };
const call = (token: string, target = 'GET /api/v1/Sessions/1') =>
  outcome(() => service.authorizer(httpCall(target, bearer({ token, key: '' }))));
const directory = () => service.tables.directory;

describe.each(['POST /oauth/token', 'POST /login/connect/token'])('%s', (route) => {
  test('answers a bearer token that no cache keeps, and no refresh token (RFC 6749 §5.1, §4.4.3)', async () => {
    const sent = form({ ...grant, ...posted(DEMO), scope: 'mluviiPublicApi' });
    const { status, headers, body } = await service.send(route, sent);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    });
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'mluviiPublicApi api/v1/Sessions:r',
    });
  });

  test('takes the secret by HTTP Basic as well (RFC 6749 §2.3.1)', async () => {
    const sent = form(grant, basic(`${DEMO.id}:${DEMO.secret}`));
    expect(await service.send(route, sent)).toMatchObject({ status: 200 });
  });
});

describe('the token', () => {
  test('names the client as subject and as client (RFC 9068 §2.2)', async () => {
    const token = await tokenOf(service, DEMO, { scope: 'mluviiPublicApi' });
    const { iat, ...claims } = decodeJwt(token);
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(claims).toMatchObject({
      iss: ISSUER,
      aud: ISSUER,
      sub: 'demo-api',
      client_id: 'demo-api',
      scope: 'mluviiPublicApi api/v1/Sessions:r',
      exp: (iat ?? 0) + 3600,
      jti: expect.any(String),
      sid: expect.any(String),
    });
  });

  test('costs one read of the client and its domain, and one write', async () => {
    await tokenOf(service, DEMO);
    service.dynamodb.requests.length = 0;
    await tokenOf(service, DEMO);
    const actions = service.dynamodb.requests.map(({ action }) => action);
    expect(actions).toEqual(['BatchGetItem', 'PutItem']);
  });
});

describe('its lifetime', () => {
  const startedWith = async (seconds: string) => {
    process.env['ACCESS_TOKEN_LIFETIME'] = seconds;
    try {
      return await coldStart();
    } finally {
      delete process.env['ACCESS_TOKEN_LIFETIME'];
    }
  };

  test('is what ACCESS_TOKEN_LIFETIME says', async () => {
    const { body } = await requestToken(await startedWith('60'), DEMO);
    const { iat = 0, exp } = decodeJwt(String(body['access_token']));
    expect([body['expires_in'], exp]).toEqual([60, iat + 60]);
  });

  test('may not exceed MAX_TOKEN_LIFETIME, which the function says when it starts', async () => {
    await expect(startedWith('2678401')).rejects.toThrow('ACCESS_TOKEN_LIFETIME');
  });
});

describe('what a client may send', () => {
  test.each<[string, (client: Credentials) => ReturnType<typeof form>]>([
    [
      'response_type, which is ignored',
      (it) => form({ ...grant, ...posted(it), response_type: 'token' }),
    ],
    [
      'unknown parameters (RFC 6749 §3.2)',
      (it) => form({ ...grant, ...posted(it), resource_owner: 'x' }),
    ],
    ['an empty parameter, as if omitted', (it) => form({ ...grant, ...posted(it), scope: '' })],
    [
      'Basic and an empty client_secret',
      (it) => form({ ...grant, client_secret: '' }, basic(`${it.id}:${it.secret}`)),
    ],
    [
      'Basic and the same client_id',
      (it) => form({ ...grant, client_id: it.id }, basic(`${it.id}:${it.secret}`)),
    ],
    [
      'halves that are form-encoded (RFC 6749 §2.3.1)',
      (it) => form(grant, basic(`${it.id.replace('-', '%2D')}:${it.secret}`)),
    ],
    [
      'the scheme in any case',
      (it) =>
        form(grant, {
          authorization: basic(`${it.id}:${it.secret}`).authorization.replace('Basic', 'bAsIc'),
        }),
    ],
    [
      'a charset with the content type',
      (it) =>
        form(
          { ...grant, ...posted(it) },
          { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
        ),
    ],
    [
      'a body in base64, as API Gateway passes it',
      (it) => ({ ...form({ ...grant, ...posted(it) }), base64: true }),
    ],
  ])('%s', async (_case, sent) => {
    const client = await addClient(service);
    expect(await service.send('POST /oauth/token', sent(client))).toMatchObject({ status: 200 });
  });
});

describe('scope (RFC 6749 §3.3)', () => {
  const SCOPES = ['one', 'two', 'openid', 'cdr/files:r', 'book:cru'];
  const POWER = 'cdr/files:r book:cru';

  test.each([
    ['omitted: all that the client lists, and says so', {}, SCOPES.join(' ')],
    ['power that is on the list: left out of the answer', { scope: 'cdr/files:r' }, undefined],
    ['less power than is on the list', { scope: 'book:ro book:c' }, undefined],
    ['both kinds', { scope: 'one book:r' }, undefined],
    ['named twice: granted once, and says so', { scope: 'book:r book:r' }, 'book:r'],
    ['of words that say nothing to us: what is on the list, too', { scope: 'two' }, `two ${POWER}`],
    ['of identity alone: that alone', { scope: 'openid' }, undefined],
  ])('%s', async (_case, asked, answered) => {
    const client = await addClient(service, { scopes: SCOPES });
    const { status, body } = await requestToken(service, client, asked);
    expect(status).toBe(200);
    expect(body['scope']).toBe(answered);
    const claimed = decodeJwt(String(body['access_token']))['scope'];
    expect(claimed).toBe(answered ?? asked.scope);
  });

  test.each([
    'cdr/files:u',
    'cdr/files:*',
    'cdr/files:ru',
    'book:d',
    'cdr:r',
    'full_access',
    'admin/users:r',
    'three',
    'email',
    'one cdr:r',
  ])('%s, which the list does not cover: invalid_scope', async (scope) => {
    const client = await addClient(service, { scopes: SCOPES });
    const answer = await requestToken(service, client, { scope });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  });

  test('of a client that lists none: none, and the token lets nothing be done', async () => {
    const client = await addClient(service, { scopes: [] });
    const { body } = await requestToken(service, client);
    expect(body).not.toHaveProperty('scope');
    expect(decodeJwt(String(body['access_token']))).not.toHaveProperty('scope');
    expect(await call(String(body['access_token']))).toMatchObject({ status: 403 });
  });

  test('R2: of identity alone lets nothing be done', async () => {
    const scopes = ['openid', 'profile', 'api/v1/Sessions:r'];
    const client = await addClient(service, { scopes });
    expect(await call(await tokenOf(service, client))).toMatchObject({ status: 200 });
    for (const scope of ['openid', 'openid profile'])
      expect(await call(await tokenOf(service, client, { scope }))).toMatchObject({ status: 403 });
  });

  test('what is taken from the list is taken from the tokens that are out', async () => {
    const client = await addClient(service, { scopes: ['api/v1/Sessions:r'] });
    const token = await tokenOf(service, client);
    expect(await call(token)).toMatchObject({ status: 200 });
    await changeClient(service, client.id, { scopes: ['api/v1/Sessions:u'] });
    expect(await call(token)).toMatchObject({ status: 403 });
  });

  test('narrows what the role permits, and never widens it', async () => {
    const client = await addClient(service, { scopes: ['api/v1/Sessions:*'] });
    const narrow = await tokenOf(service, client, { scope: 'api/v1/Sessions:u' });
    expect(await call(narrow)).toMatchObject({ status: 403 });
    expect(await call(narrow, 'PUT /api/v1/Sessions/1')).toMatchObject({ status: 403 });
    const right = await tokenOf(service, client, { scope: 'api/v1/Sessions:r' });
    expect(await call(right)).toMatchObject({ status: 200 });
  });
});

describe('at the authorizer the token is worth what the client is worth now', () => {
  test('GET /api/v1/Sessions/1 is allowed, another method or resource is not', async () => {
    const token = await tokenOf(service, DEMO);
    expect(await call(token)).toMatchObject({
      status: 200,
      context: {
        subject: 'demo-api',
        kind: 'client',
        client: 'demo-api',
        roles: 'api',
        scope: 'mluviiPublicApi api/v1/Sessions:r',
      },
    });
    expect(await call(token, 'DELETE /api/v1/Sessions/1')).toMatchObject({ status: 403 });
    expect(await call(token, 'GET /cdr')).toMatchObject({ status: 403 });
  });

  test('nothing after the Webitel logout with its sid as the key', async () => {
    const token = await tokenOf(service, DEMO);
    const key = String(decodeJwt(token)['sid']);
    expect(await service.send('POST /logout', { headers: both({ token, key }) })).toMatchObject({
      status: 200,
    });
    expect(await call(token)).toMatchObject({ status: 401 });
  });

  test('nothing after an hour', async () => {
    const token = await tokenOf(service, DEMO);
    advance(3599);
    expect(await call(token)).toMatchObject({ status: 200 });
    advance(1);
    expect(await call(token)).toMatchObject({ status: 401 });
  });

  test('nothing once the client is disabled, and no new token either', async () => {
    const client = await addClient(service);
    const token = await tokenOf(service, client);
    expect(await call(token)).toMatchObject({ status: 200 });
    await setDisabled(directory(), subjectKey(client.id), true);
    expect(await call(token)).toMatchObject({ status: 401 });
    expect(await requestToken(service, client)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
    });
  });

  test('nothing once its generation is raised, until a new token', async () => {
    const client = await addClient(service);
    const token = await tokenOf(service, client);
    await raiseGeneration(directory(), subjectKey(client.id));
    expect(await call(token)).toMatchObject({ status: 401 });
    expect(await call(await tokenOf(service, client))).toMatchObject({ status: 200 });
  });

  test('what its role permits after the role was edited', async () => {
    const role = { name: 'robot', number: -1, parents: [] };
    await editRole(directory(), { ...role, acl: { 'api/v1/Sessions': ['r'] } });
    const token = await tokenOf(service, await addClient(service, { roles: ['robot'] }));
    expect(await call(token)).toMatchObject({ status: 200 });
    await editRole(directory(), { ...role, acl: { 'api/v1/Sessions': ['d'] } });
    expect(await call(token)).toMatchObject({ status: 403 });
    expect(await call(token, 'DELETE /api/v1/Sessions/1')).toMatchObject({ status: 200 });
  });
});
