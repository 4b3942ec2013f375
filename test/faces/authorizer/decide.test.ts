/** The authorizer: 401, 403, own or allowed, for each kind of event. Nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from '../../../lib/aws/table.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { readClient } from '../../../lib/store/directory/clients.ts';
import { type SignIn, saveSession, sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { addClient } from '../../support/actors/clients.ts';
import { addUser } from '../../support/actors/people.ts';
import { forge } from '../../support/actors/tokens.ts';
import { KINDS } from '../../support/calls/kinds.ts';
import {
  bearer,
  both,
  type Credential,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let user: { id: string; username: string };
let session: Credential;
beforeAll(async () => {
  service = await startService();
  user = await addUser(service);
  session = await service.login(user.username);
});
afterAll(() => service.stop());

const MISSING = {};
const malformed = { authorization: 'Basic c2VjcmV0' };
const invalid = { authorization: 'Bearer not.a.token' };

describe.each(KINDS)('%s', (_kind, toEvent) => {
  const decide = (call: string, headers: Record<string, string>) =>
    service.decide(toEvent(call, headers));

  test.each([
    ['no credential', MISSING],
    ['a credential of another scheme', malformed],
    ['a token that is not valid', invalid],
  ])('%s is 401', async (_case, headers) => {
    expect(await decide('GET /cdr', headers)).toEqual({ status: 401 });
  });

  test.each([
    ['a letter that the role lacks', 'DELETE /cdr'],
    ['a resource that the role lacks', 'GET /account'],
    ['a path that is no resource', 'GET /unknown'],
    ['a method without a letter', 'OPTIONS /cdr'],
  ])('%s is 403', async (_case, call) => {
    expect(await decide(call, bearer(session))).toEqual({ status: 403 });
  });

  test('what the role permits is allowed, and the backend learns who calls', async () => {
    expect(await decide('GET /cdr/2026', bearer(session))).toEqual({
      status: 200,
      context: {
        subject: user.id,
        kind: 'user',
        key: session.key,
        username: user.username,
        domain: 'mydomain.com',
        roles: 'user',
        scope: '',
        client: 'webitel',
        resource: 'cdr',
        action: 'r',
        own: 'false',
        authorizerMs: expect.stringMatching(/^\d+(\.\d+)?$/),
      },
    });
  });

  test('what the role permits on own objects is allowed, and the backend is told', async () => {
    const { status, context } = await decide('GET /cdr/files/1', bearer(session));
    expect(status).toBe(200);
    expect(context).toMatchObject({ resource: 'cdr/files', action: 'r', own: 'true' });
  });
});

test('every value of the context is a string, as API Gateway wants it', async () => {
  const { context } = await service.call(session, 'POST /book');
  expect(Object.values(context ?? {}).map((value) => typeof value)).toEqual(
    Array.from({ length: 12 }, () => 'string'),
  );
});

describe('the answer to a REST API', () => {
  const [, toRest = () => {}] = KINDS[1] ?? [];
  const answer = (call: string) => service.authorizer(toRest(call, both(session)) as never);

  test('names exactly the method called, so that a cached policy opens nothing else', async () => {
    expect(await answer('GET /cdr')).toMatchObject({
      principalId: user.id,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: 'arn:aws:execute-api:us-east-1:000000000000:api123/dev/GET/cdr',
          },
        ],
      },
    });
  });

  test('says of a refusal why, for a gateway response to show, and nothing of who called', async () => {
    expect(await answer('DELETE /cdr')).toMatchObject({
      context: {
        rule: 'letter-not-held',
        reason: 'the caller does not hold d on cdr',
        challenge: expect.stringContaining('insufficient_scope'),
      },
    });
    const { context } = (await answer('DELETE /cdr')) as { context: Record<string, string> };
    expect(Object.keys(context).sort()).toEqual(['challenge', 'reason', 'rule']);
  });
});

describe('roles', () => {
  test('permit what any of them permits, own objects giving way to all', async () => {
    const { directory } = service.tables;
    await editRole(directory, {
      name: 'reader',
      number: -1,
      parents: [],
      acl: { 'cdr/files': ['r'] },
    });
    const { username } = await addUser(service, { roles: ['user', 'reader'] });
    const both = await service.login(username);
    const { context } = await service.call(both, 'GET /cdr/files');
    expect(context).toMatchObject({ roles: 'user reader', own: 'false' });
  });

  test.each([
    ['none', []],
    ['one that does not exist', ['ghost']],
  ])('%s permit nothing', async (_case, roles) => {
    const { username } = await addUser(service, { roles });
    expect(await service.call(await service.login(username), 'GET /cdr')).toEqual({ status: 403 });
  });
});

describe('the scope of a session narrows the role', () => {
  /** A session as a grant with a scope would open it. */
  async function scoped(scope: string): Promise<Credential> {
    const { sessions } = service.tables;
    const key = crypto.randomUUID();
    const stored = await get(sessions, sessionKey({ subject: user.id, key: session.key }));
    const { pk: _pk, sk: _sk, ...like } = stored as SignIn & { pk: string; sk: string };
    const { id: client } = await addClient(service, { scopes: ['cdr:*', 'book:*', 'account:*'] });
    const granted = {
      kind: 'authorization_code',
      client,
      clientGeneration: await generationOf(client),
    };
    await saveSession(sessions, { subject: user.id, key }, { ...like, ...granted, ip: '', scope });
    const token = await forge(service, session.token, { claims: { sid: key } });
    return { token, key };
  }

  const generationOf = async (id: string) =>
    (await readClient(service.tables.directory, id))?.generation ?? 0;

  test.each<[string, string, string, number]>([
    ['to what it names', 'cdr:r', 'GET /cdr', 200],
    ['to nothing else', 'cdr:r', 'GET /book', 403],
    ['to its letters', 'book:r', 'POST /book', 403],
    ['to its letters, several', 'book:r book:c', 'POST /book', 200],
    ['but never widens it', 'cdr:*', 'DELETE /cdr', 403],
    ['but never to another resource', 'account:r', 'GET /account', 403],
    ['and says nothing of the resources below', 'cdr:r', 'GET /cdr/files', 403],
    ['R2: to nothing, when it speaks of something else', 'openid profile', 'POST /book', 403],
    ['to nothing, when it says nothing', '', 'POST /book', 403],
    ['also beside scopes of something else', 'openid cdr:r', 'POST /book', 403],
  ])('%s: "%s"', async (_case, scope, call, status) => {
    expect((await service.call(await scoped(scope), call)).status).toBe(status);
  });

  test('to own objects, if it says so; and the backend learns the scope', async () => {
    const { context } = await service.call(await scoped('book:ro'), 'GET /book/1');
    expect(context).toMatchObject({ own: 'true', scope: 'book:ro' });
  });

  test('not by a scope that only the token claims', async () => {
    const token = await forge(service, session.token, { claims: { scope: 'account:*' } });
    expect((await service.call({ ...session, token }, 'GET /account')).status).toBe(403);
  });
});
