/** The Webitel dialect as documented: requests and answers of test/fixtures/webitel. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { addUser } from '../../support/actors/people.ts';
import { fixturesOf, matching } from '../../support/calls/fixtures.ts';
import { type Answer, type Service, startService } from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await editRole(service.tables.directory, {
    name: 'auditor',
    number: -1,
    parents: [],
    acl: { cdr: ['r'], 'cdr/media': ['ro'] },
  });
  await addUser(service, { username: '300@mydomain.com', roles: ['admin'] });
  await addUser(service, { username: '400@mydomain.com', roles: ['auditor'] });
});
afterAll(() => service.stop());

const send = (route: string, headers: Record<string, string>, body: unknown): Promise<Answer> => {
  const post = route === 'POST /login' ? service.postLogin : service.postLogout;
  return post({ headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
};

/** Sessions for the placeholders, where the request has any. */
async function sessionsFor(headers: Record<string, string>): Promise<Record<string, string>> {
  if (!Object.values(headers).some((value) => value.startsWith('<'))) return {};
  const session = await service.login('200@mydomain.com');
  const other = await service.login('200@mydomain.com');
  return {
    '<token>': session.token,
    '<key>': session.key,
    '<key of another session>': other.key,
  };
}

test.each(fixturesOf('webitel'))('$name: $answer.status', async ({ request, answer }) => {
  const values = await sessionsFor(request.headers);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, values[value] ?? value]),
  );
  const { status, body, headers: answered } = await send(request.route, headers, request.body);
  expect({ status, body }).toEqual({ status: answer.status, body: matching(answer.body) });
  expect(answered).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
});
