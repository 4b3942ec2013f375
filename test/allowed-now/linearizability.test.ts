/**
 * The promise, judged from outside: no call that started after a revocation was acknowledged is ever
 * allowed, and none that is permitted throughout is refused. Real handlers, real tables, all at once.
 * Behind a gateway that keeps answers, the same holds as of so long ago as the mode says.
 */

import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readCache } from '../../lib/aws/read-cache.ts';
import { claimOf } from '../../lib/guard/claim.ts';
import { editRole } from '../../lib/manage/roles/edit.ts';
import { countedOf, endAttempt } from '../../lib/sign-in/throttle.ts';
import { createDomain, domainKey } from '../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { instant } from '../../lib/time.ts';
import { judge } from '../../lib/verdict/judge.ts';
import { addUser, assignRoles } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import { API_ANSWERS, behindGateway, MODES, type Mode, TTL } from '../support/gateways/modes.ts';
import { check, type History } from '../support/promise/history.ts';
import { cached, type RevocableService, run, seeded } from '../support/promise/workload.ts';
import { type Credential, type Service, startService } from '../support/running/service.ts';

const ROUTES = ['GET /cdr/7', 'GET /book/7'] as const;
const LOAD = { calls: 1000, callers: 12 };
/** For so many calls an instance may answer from its memory; its clock counts calls. */
const MEMORY = 80;
/** A few seconds where nothing else runs. */
const TIMEOUT = 60_000;
const seed = Math.floor(Math.random() * 2 ** 32);

let service: Service;
let revocable: RevocableService<Credential>;
beforeAll(async () => {
  service = await startService({
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodb'),
    API_ANSWERS,
  });
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
  let logins = 0;
  return {
    users: [...ids.keys()],
    async login(user) {
      // Attempts are not what is looked at: each is from another address, and none stays counted.
      logins += 1;
      const tried = { username: user, ip: `2001:db8::${logins.toString(16)}` };
      const { status, body } = await real.postLogin({
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: user, password: 'secret' }),
        ip: tried.ip,
      });
      const attempt = { whats: countedOf(tried), countedAt: instant(Date.now() / 1000) };
      if (status === 401) await endAttempt(real.tables.sessions, attempt);
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
const problems = (history: History, bound = 0) =>
  check(history, bound).violations.map(({ problem, call }) => `${problem} ${JSON.stringify(call)}`);

describe(`workers that call and revoke at once (seed ${seed})`, { timeout: TIMEOUT }, () => {
  test('never see a call allowed after its revocation, nor a permitted one refused', async () => {
    const history = await run(revocable, { ...LOAD, random: seeded(seed) });
    const { certain } = check(history);
    expect(problems(history)).toEqual([]);
    expect(certain.allowed).toBeGreaterThan(100);
    expect(certain.refused).toBeGreaterThan(100);
  });

  // Which calls meet which edits is chance: one run may show one half of the fault alone, another another.
  let tries = 0;
  test('would see it if the authorizer remembered its answers for a few uses', {
    retry: 3,
  }, async () => {
    tries += 1;
    const random = seeded(seed + tries);
    const history = await run(cached(revocable, 8), { ...LOAD, random });
    const found = problems(history);
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining('allowed though')]));
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining('refused with')]));
  });
});

describe(`an instance with a moment’s memory (seed ${seed})`, { timeout: TIMEOUT }, () => {
  const STATUS = { allowed: 200, forbidden: 403, unauthenticated: 401 };
  let history: History;
  beforeAll(async () => {
    let now = 0;
    const clock = {
      now: () => now,
      step: () => {
        now += 1;
      },
    };
    const tables = { ...service.tables, remember: readCache(MEMORY, clock.now) };
    const remembering: RevocableService<Credential> = {
      ...revocable,
      async call({ token }, route) {
        const [method = '', path = ''] = ROUTES[route].split(' ');
        const claim = claimOf(decodeJwt(token) as never);
        const seconds = Math.floor(Date.now() / 1000);
        // From memory alone all calls would be over before anything is revoked.
        await new Promise((resolve) => setTimeout(resolve, 8));
        return STATUS[(await judge(tables, claim, { method, path }, instant(seconds))).status];
      },
    };
    history = await run(remembering, { ...LOAD, random: seeded(seed), clock });
  }, TIMEOUT);

  test('no call is allowed, or refused, later than the bound', () => {
    expect(problems(history, MEMORY)).toEqual([]);
    const { certain } = check(history, MEMORY);
    expect(certain.allowed).toBeGreaterThan(5);
    expect(certain.refused).toBeGreaterThan(5);
  });

  test('no bound at all would be a lie, and is found out', () =>
    expect(problems(history)).toEqual(
      expect.arrayContaining([expect.stringContaining('allowed though')]),
    ));
});

describe(`behind the gateway (seed ${seed})`, { timeout: TIMEOUT }, () => {
  const runs = new Map<Mode, ReturnType<typeof runAnew>>();
  const runAnew = async (mode: Mode) => {
    const behind = await behindGateway(mode, service, revocable);
    const { clock } = behind;
    const load = { calls: 400, callers: 8, random: seeded(seed), clock };
    const history = await run(behind, load).finally(() => behind.stop());
    return { history, ...behind };
  };
  /** Once each: what a history proves is asked in several tests. */
  const runIn = (mode: Mode) => {
    const known = runs.get(mode) ?? runAnew(mode);
    runs.set(mode, known);
    return known;
  };
  const kept = MODES.filter((mode) => !mode.startsWith('strict'));

  test.each(MODES)('%s: no call is allowed, or refused, later than the bound', async (mode) => {
    const { history, inFlight } = await runIn(mode);
    // What was on its way when something was revoked is kept from when it arrives.
    const bound = kept.includes(mode) ? TTL * 1000 + inFlight() : 0;
    expect(problems(history, bound)).toEqual([]);
    const { certain } = check(history, bound);
    expect(certain.allowed).toBeGreaterThan(5);
    expect(certain.refused).toBeGreaterThan(5);
  });

  test.each(kept)('%s: answers are kept', async (mode) => {
    const { history, asked } = await runIn(mode);
    expect(asked()).toBeLessThan(history.calls.length);
  });

  test.each(['bounded, HTTP', 'bounded, REST', 'flush that never gets through, HTTP'] as const)(
    '%s: a bound of a quarter would be a lie, and is found out',
    async (mode) => {
      const { history } = await runIn(mode);
      expect(problems(history, (TTL * 1000) / 4)).toEqual(
        expect.arrayContaining([expect.stringContaining('allowed though')]),
      );
    },
  );

  test('flush: the caches are flushed, and where they are not, the bound is the TTL', async () => {
    expect((await runIn('flush, HTTP')).flushes()).toBeGreaterThan(0);
    expect((await runIn('flush that never gets through, HTTP')).flushes()).toBe(0);
  });
});
