/**
 * The promise, judged from outside: no call that started after a revocation was acknowledged is ever
 * allowed, and none that is permitted throughout is refused. Real handlers, real tables, all at once.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { editRole } from '../../lib/access/edit-role.ts';
import { createDomain, domainKey } from '../../lib/store/domains.ts';
import { raiseGeneration, setDisabled } from '../../lib/store/revocation.ts';
import { subjectKey } from '../../lib/store/subjects.ts';
import { check, type History } from '../support/history.ts';
import { addUser, assignRoles } from '../support/people.ts';
import { type Credential, type Service, startService } from '../support/service.ts';
import { cached, type RevocableService, run, seeded } from '../support/workload.ts';

const ROUTES = ['GET /cdr/7', 'GET /book/7'] as const;
const LOAD = { calls: 1000, callers: 12 };
/** A few seconds where nothing else runs. */
const TIMEOUT = 60_000;
const seed = Math.floor(Math.random() * 2 ** 32);

let service: Service;
let revocable: RevocableService<Credential>;
beforeAll(async () => {
  service = await startService({ AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodb') });
  revocable = await inProcess(service);
});
afterAll(() => service.stop());

/** Four users, each with a domain, a role and a parent role of its own. */
async function inProcess(real: Service): Promise<RevocableService<Credential>> {
  const { directory } = real.tables;
  const ids = new Map<string, string>();
  const letterOf = (user: string, on: boolean) =>
    editRole(directory, {
      name: `parent ${user}`,
      number: -1,
      parents: [],
      acl: on ? { cdr: ['r'] } : {},
    });
  for (const user of ['a', 'b', 'c', 'd']) {
    await createDomain(directory, { name: user, disabled: false, generation: 1 });
    await letterOf(user, true);
    const parents = [`parent ${user}`];
    await editRole(directory, { name: user, number: -1, parents, acl: { book: ['r'] } });
    const { id } = await addUser(real, { username: user, roles: [user], domain: user });
    ids.set(user, id);
  }
  const idOf = (user: string) => ids.get(user) ?? '';
  return {
    users: [...ids.keys()],
    async login(user) {
      const { status, body } = await real.postLogin({
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: user, password: 'secret' }),
      });
      const session = { token: String(body['token']), key: String(body['key']) };
      return { status, session: status === 200 ? session : undefined };
    },
    call: async (session, route) => (await real.call(session, ROUTES[route])).status,
    logout: async (session) => (await real.logout(session)).status,
    setUser: (user, on) => setDisabled(directory, subjectKey(idOf(user)), !on),
    setDomain: (user, on) => setDisabled(directory, domainKey(user), !on),
    setLetter: letterOf,
    setRole: (user, on) => assignRoles(directory, idOf(user), on ? [user] : []),
    signOut: (user) => raiseGeneration(directory, subjectKey(idOf(user))),
  };
}
const problems = (history: History) =>
  check(history).violations.map(({ problem, call }) => `${problem} ${JSON.stringify(call)}`);

describe(`workers that call and revoke at once (seed ${seed})`, { timeout: TIMEOUT }, () => {
  test('never see a call allowed after its revocation, nor a permitted one refused', async () => {
    const history = await run(revocable, { ...LOAD, random: seeded(seed) });
    const { certain } = check(history);
    expect(problems(history)).toEqual([]);
    expect(certain.allowed).toBeGreaterThan(100);
    expect(certain.refused).toBeGreaterThan(100);
  });

  test('would see it if the authorizer remembered its answers for a few uses', async () => {
    const history = await run(cached(revocable, 8), { ...LOAD, random: seeded(seed) });
    const found = problems(history);
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining('allowed though')]));
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining('refused with')]));
  });
});
