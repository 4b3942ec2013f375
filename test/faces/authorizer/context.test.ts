/** What the backend learns of who calls, and a kept policy of whom it is about. Real handler, real store. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PolicyAnswer } from '../../../lib/faces/authorizer/answer.ts';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { fieldsCall, httpCall, sentBy, tokenCall } from '../../support/calls/events.ts';
import { type Admin, startAdmin } from '../../support/running/admin.ts';
import { bearer, type Credential } from '../../support/running/service.ts';

let service: Admin;
let nobody: Credential;
let owner: Credential;
let login: (roles: string[]) => Promise<Credential>;
beforeAll(async () => {
  service = await startAdmin({ API_ANSWERS: 'kept=300' });
  await registerResources(service.tables.directory, {
    calls: ['/graphql/Query/calls'],
    'calls/own': ['/graphql/Query/mine'],
    fields: ['/graphql'],
    far: ['/far'],
    'far/off': ['/far/off'],
    'far/off/open': ['/far/off/open'],
  });
  await makeRole(service, { name: 'empty', acl: {} });
  await makeRole(service, { name: 'narrowed', acl: { far: ['d'], 'far/off/open': ['d'] } });
  await makeRole(service, { name: 'caller', acl: { calls: ['r'], 'calls/own': ['ro'] } });
  await makeRole(service, { name: 'all-fields', acl: { cdr: ['*'], fields: ['r'], calls: ['r'] } });
  await makeRole(service, { name: 'owner', acl: { cdr: ['ro', 'uo'], book: ['do', 'r'] } });
  login = async (roles: string[]) => service.login((await addUser(service, { roles })).username);
  [nobody, owner] = [await login(['empty']), await login(['empty', 'owner'])];
});
afterAll(() => service.stop());

const kept = async ({ token }: Credential) => {
  const event = sentBy('kept', tokenCall('GET /cdr', `Bearer ${token}`));
  return (await service.authorizer(event as never)) as PolicyAnswer;
};
const effects = ({ policyDocument }: PolicyAnswer) =>
  policyDocument.Statement.map(({ Effect }) => Effect);

test('a policy that is kept allows nothing, in no statement, to who holds nothing', async () => {
  const answer = await kept(nobody);
  expect(effects(answer)).toEqual(['Deny']);
  expect(answer.context).toMatchObject({ roles: 'empty', own: 'false', ownResources: '' });
});

test('one of who holds letters for own objects names them, and all of the roles', async () => {
  const answer = await kept(owner);
  expect(effects(answer)).toEqual(['Allow', 'Deny']);
  expect(answer.context).toMatchObject({
    ...{ roles: 'empty owner', own: 'true', ownResources: 'cdr:ru book:d', scope: '' },
  });
});

test('what a kept policy has no room for is a line for the operator, and what it has is none', async () => {
  const said = vi.spyOn(console, 'info').mockImplementation(() => {});
  const narrowed = await login(['narrowed']);
  for (const who of [owner, narrowed]) await kept(who);
  const lines = said.mock.calls.map(([line]) => JSON.parse(String(line)));
  said.mockRestore();
  expect(lines.filter(({ code }) => code === 'policy_narrowed')).toEqual([
    expect.objectContaining({ level: 'info', function: 'authorizer', resources: 'far/off/open' }),
  ]);
});

test('of one call it is said whether it is for own objects, and how long the verdict took', async () => {
  const { context } = await service.decide(httpCall('GET /cdr', bearer(owner)));
  expect(context).toMatchObject({
    ...{ roles: 'empty owner', own: 'true', resource: 'cdr', action: 'r' },
    authorizerMs: expect.stringMatching(/^\d+\.\d\d$/),
  });
});

describe('an answer about fields', () => {
  const ask = async (api: string, query: string, { token }: { token: string }) =>
    service.authorizer(sentBy(api, fieldsCall(query, token)) as never);
  const REFUSED = { isAuthorized: false, ttlOverride: 0 };

  test('names those that are denied, and those for own objects, for this operation alone', async () => {
    const caller = await login(['caller']);
    const answer = await ask('api123', '{ calls mine other }', caller);
    expect(answer).toMatchObject({
      ...{ isAuthorized: true, ttlOverride: 0, deniedFields: ['Query.other', 'Call.note'] },
      resolverContext: { roles: 'caller', own: 'true', ownResources: 'calls/own:r' },
    });
    expect(await ask('api123', '{ calls }', caller)).toMatchObject({
      resolverContext: { own: 'false', ownResources: '' },
    });
  });

  test.each(['{ other }', 'mutation { calls }', '{ calls', 'nonsense'])(
    'refuses what nothing is permitted of, or is understood: %s',
    async (query) => expect(await ask('api123', query, await login(['caller']))).toEqual(REFUSED),
  );

  test('refuses whom nobody knows, and is not kept', async () => {
    for (const api of ['api123', 'kept'])
      expect(await ask(api, '{ calls }', { token: 'x' })).toEqual(REFUSED);
  });

  test('that is kept leans on no operation', async () => {
    expect(await ask('kept', '{ calls }', await login(['caller']))).toEqual({
      ...{ isAuthorized: false, ttlOverride: 300 },
    });
    expect(await ask('kept', 'nonsense', await login(['all-fields']))).toMatchObject({
      ...{
        isAuthorized: true,
        ttlOverride: 300,
        deniedFields: expect.arrayContaining(['Call.note', 'Query.mine']),
      },
    });
  });
});
