/** POST /oauth/token: what it refuses, how, and that the refusals tell no more than they should. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDomain, domainKey } from '../../../lib/store/directory/domains.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { firstGeneration } from '../../../lib/store/directory/revocation.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import {
  addClient,
  basic,
  DEMO,
  form,
  posted,
  requestToken,
} from '../../support/actors/clients.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import type { Sent } from '../../support/calls/events.ts';
import { broken, denied, throttled } from '../../support/running/proxy.ts';
import {
  type Answer,
  coldStart,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
afterEach(() => {
  service.dynamodb.heal();
  service.secrets.heal();
});

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const grant = { grant_type: 'client_credentials' };
const demo = posted(DEMO);
const right = basic(`${DEMO.id}:${DEMO.secret}`);
const send = (sent: Sent): Promise<Answer> => service.send('POST /oauth/token', sent);

const expectError = ({ status, headers, body }: Answer, error: string, wanted = 400) => {
  expect({ status, error: body['error'] }).toEqual({ status: wanted, error });
  // RFC 6749 §5.2: the characters that a description may have, and nothing else in the body.
  expect(body['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expect(Object.keys(body).sort()).toEqual(['error', 'error_description']);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    pragma: 'no-cache',
  });
};

describe('invalid_request (RFC 6749 §5.2)', () => {
  test.each<[string, Sent]>([
    ['no grant_type', form(demo)],
    ['an empty grant_type', form({ ...demo, grant_type: '' })],
    [
      'a repeated parameter',
      form(
        `grant_type=client_credentials&scope=a&scope=a&client_id=demo-api&client_secret=${DEMO.secret}`,
      ),
    ],
    [
      'a repeated parameter, once empty',
      form('grant_type=client_credentials&client_id=demo-api&client_id='),
    ],
    [
      'JSON',
      {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...grant, ...demo }),
      },
    ],
    ['no content type', { body: new URLSearchParams({ ...grant, ...demo }).toString() }],
    ['Basic and client_secret', form({ ...grant, ...demo }, right)],
    ['Basic and client_assertion', form({ ...grant, client_assertion: 'x' }, right)],
    ['client_secret and client_assertion', form({ ...grant, ...demo, client_assertion: 'x' })],
    [
      'O4: a bearer token and Basic, and client_secret',
      form({ ...grant, ...demo }, { authorization: `Bearer x, ${right.authorization}` }),
    ],
    [
      'O4: a bearer token before Basic',
      form(grant, { authorization: `Bearer x, ${right.authorization}` }),
    ],
    [
      'O4: Basic without credentials, and client_secret',
      form({ ...grant, ...demo }, { authorization: 'basic' }),
    ],
    ['Basic of one client, client_id of another', form({ ...grant, client_id: 'other' }, right)],
    [
      'an assertion of another type (RFC 7521 §4.2)',
      form({ ...grant, client_assertion: 'x', client_assertion_type: 'saml2-bearer' }),
    ],
    ['Basic that is no base64', form(grant, { authorization: 'Basic ?' })],
    ['Basic without credentials', form(grant, { authorization: 'Basic' })],
    ['Basic without a colon', form(grant, basic('demo-api'))],
    ['Basic with a broken percent-encoding', form(grant, basic('demo-api:%zz'))],
    [
      'two Authorization headers',
      form(grant, { authorization: `${right.authorization},${right.authorization}` }),
    ],
    [
      'a secret in the URI (RFC 6749 §2.3.1)',
      { ...form({ ...grant, ...demo }), query: 'client_secret=x' },
    ],
  ])('%s', async (_case, sent) => expectError(await send(sent), 'invalid_request'));

  test('F4: but a body beyond 64 KB is a 413 (RFC 9110 §15.5.14)', async () => {
    const sent = form({ ...grant, ...demo, padding: 'x'.repeat(70_000) });
    expectError(await send(sent), 'content_too_large', 413);
  });
});

describe('O4: Authorization of another scheme proves nothing and disturbs nothing', () => {
  test.each([
    'Bearer x',
    'bearer x',
    'Bearer',
    'Bearer a.b.c, Bearer d',
    'Digest x',
    'DPoP x',
    'x',
  ])('%s beside client_secret', async (authorization) => {
    const answer = await send(form({ ...grant, ...demo }, { authorization }));
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  });

  test('at introspection and revocation too', async () => {
    for (const endpoint of ['POST /oauth/introspect', 'POST /oauth/revoke']) {
      const sent = form({ token: 'x', ...demo }, { authorization: 'Bearer x' });
      expect((await service.send(endpoint, sent)).status).toBe(200);
      const alone = form({ token: 'x' }, { authorization: 'Bearer x' });
      expectError(await service.send(endpoint, alone), 'invalid_client', 401);
    }
  });
});

describe('invalid_client, 401 with a challenge (RFC 6749 §5.2, RFC 7617 §2)', () => {
  test.each<[string, Sent]>([
    ['no authentication', form(grant)],
    ['an id without a secret', form({ ...grant, client_id: 'demo-api' })],
    ['a secret without an id', form({ ...grant, client_secret: DEMO.secret })],
    ['credentials only in the URI', { ...form(grant), query: 'client_id=demo-api' }],
    ['a wrong secret', form({ ...grant, ...demo, client_secret: 'guess' })],
    ['a wrong secret by Basic', form(grant, basic('demo-api:guess'))],
    ['no secret by Basic', form(grant, basic('demo-api:'))],
    ['an unknown client', form({ ...grant, ...demo, client_id: 'nobody' })],
    ['the id in another case', form({ ...grant, ...demo, client_id: 'DEMO-API' })],
    ['an id that can be none', form({ ...grant, ...demo, client_id: 'x'.repeat(5000) })],
    ['an id with a null character', form({ ...grant, ...demo, client_id: 'demo-api\0' })],
    ['the id of an item that is no subject', form({ ...grant, ...demo, client_id: 'settings' })],
    ['the id of a domain', form({ ...grant, ...demo, client_id: 'domain#mydomain.com' })],
    ['another scheme', form(grant, { authorization: 'Bearer x' })],
    ['O4: a scheme of a similar name', form(grant, { authorization: 'Basics ZGVtby1hcGk6eA==' })],
    [
      'O4: a bearer token beside a wrong secret',
      form({ ...grant, ...demo, client_secret: 'guess' }, { authorization: 'Bearer x' }),
    ],
    [
      'O4: a bearer token beside an id without its secret',
      form({ ...grant, client_id: 'demo-api' }, { authorization: 'Bearer x' }),
    ],
    [
      'an assertion that names nobody',
      form({ ...grant, client_id: 'demo-api', client_assertion: 'x', client_assertion_type: TYPE }),
    ],
  ])('%s', async (_case, sent) => {
    const answer = await send(sent);
    expectError(answer, 'invalid_client', 401);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="latchkey"');
    expect(answer.body['error_description']).toBe('Client authentication failed.');
  });

  test("a user's id and password (RFC 9700 §4.15: a user is no client)", async () => {
    const id = (await findUserId(service.tables.directory, '100@mydomain.com')) ?? '';
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    for (const client of [id, '100@mydomain.com'])
      expectError(
        await requestToken(service, { id: client, secret: 'secret' }),
        'invalid_client',
        401,
      );
  });

  test('a client of a domain that is disabled, or gone', async () => {
    const domain = { name: 'off.example', disabled: false, version: 1 };
    await createDomain(service.tables.directory, {
      ...domain,
      generation: firstGeneration(epochMilliseconds(1)),
    });
    const off = await addClient(service, { domain: domain.name });
    expect(await requestToken(service, off)).toMatchObject({ status: 200 });
    await setDisabled(service.tables.directory, domainKey(domain.name), true);
    expectError(await requestToken(service, off), 'invalid_client', 401);
    const lost = await addClient(service, { domain: 'nowhere.example' });
    expectError(await requestToken(service, lost), 'invalid_client', 401);
  });

  test('an unknown client costs as many requests as a wrong secret', async () => {
    const requestsOf = async (id: string) => {
      service.dynamodb.requests.length = 0;
      await requestToken(service, { id, secret: 'guess' });
      return service.dynamodb.requests.map(({ action }) => action);
    };
    const wrong = await requestsOf('demo-api');
    expect(wrong).toEqual(['BatchGetItem']);
    expect(await requestsOf('nobody')).toEqual(wrong);
    expect(await requestsOf('no such id')).toEqual(wrong);
    expect(await requestsOf('0123456789abcdef01234567')).toEqual(wrong);
  });
});

describe('the other errors', () => {
  test.each([
    'password',
    'implicit',
    'urn:ietf:params:oauth:grant-type:device_code',
    'Client_Credentials',
    'toString',
    '__proto__',
  ])('grant_type %s: unsupported_grant_type', async (grant_type) =>
    expectError(await send(form({ ...demo, grant_type })), 'unsupported_grant_type'),
  );

  test('a grant that the client may not use: unauthorized_client', async () => {
    const client = await addClient(service, { redirectUris: ['https://app.example/cb'] });
    expectError(await requestToken(service, client), 'unauthorized_client');
    for (const grant_type of ['authorization_code', 'refresh_token'])
      expectError(await send(form({ ...demo, grant_type })), 'unauthorized_client');
  });

  test.each([
    ['not on the list', 'other'],
    ['on the list, and one that is not', 'mluviiPublicApi other'],
    ['two spaces', 'mluviiPublicApi  api/v1/Sessions:r'],
    ['a space at the end', 'mluviiPublicApi '],
    ['a quote (RFC 6749 §3.3)', 'mluviiPublicApi"'],
    ['a backslash', 'cdr\\:r'],
    ['a line break', 'mluviiPublicApi\nmluviiPublicApi'],
    ['not ASCII', 'cdré:r'],
    ['an unknown letter', 'cdr:x'],
    ['too long', `${'x'.repeat(1100)}:r`],
    ['for OpenID Connect, which is not here', 'openid'],
  ])('scope, %s: invalid_scope', async (_case, scope) =>
    expectError(await requestToken(service, DEMO, { scope }), 'invalid_scope'),
  );

  test('nothing that was sent comes back', async () => {
    const { body } = await send(form({ ...demo, grant_type: 'echo"me\r\n' }));
    expect(JSON.stringify(body)).not.toContain('echo');
  });

  test.each(['/oauth/token', '/login/connect/token'])(
    'GET %s: 405, and what works is said (RFC 6749 §3.2)',
    async (path) => {
      const answer = await service.send(
        `GET ${path}?${new URLSearchParams({ ...demo, ...grant })}`,
      );
      expectError(answer, 'method_not_allowed', 405);
      expect(answer.headers['allow']).toBe('POST');
    },
  );
});

describe('a fault is 503 as JSON, and no session', () => {
  const expectFault = (answer: Answer) => {
    expectError(answer, 'temporarily_unavailable', 503);
    expect(answer.headers['retry-after']).toBe('2');
  };

  test.each([
    ['broken', broken],
    ['throttled', throttled],
    ['cut', 'cut' as const],
  ])('DynamoDB %s at the read', async (_case, fault) => {
    service.dynamodb.inject(() => fault);
    expectFault(await requestToken(service, DEMO));
  });

  test('DynamoDB broken at the write', async () => {
    service.dynamodb.inject(({ action }) => (action === 'PutItem' ? broken : undefined));
    expectFault(await requestToken(service, DEMO));
  });

  test('Secrets Manager broken at a cold start', async () => {
    const cold = await coldStart();
    service.secrets.inject(() => broken);
    service.dynamodb.requests.length = 0;
    expectFault(await requestToken(cold, DEMO));
    expect(service.dynamodb.requests.map(({ action }) => action)).not.toContain('PutItem');
    service.secrets.heal();
    expect(await requestToken(cold, DEMO)).toMatchObject({ status: 200 });
  });

  test('a permission that is missing is a server_error, with no detail', async () => {
    service.dynamodb.inject(() => denied);
    expectError(await requestToken(service, DEMO), 'server_error', 500);
  });
});
