/**
 * An account that many strangers try at once, from more addresses than the account's rule can slow: its
 * owner gets in where they are known. At every door: the dialects, the pages, the change of a password.
 */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countFailure } from '../../lib/sign-in/count-failures.ts';
import { countedOf } from '../../lib/sign-in/throttle.ts';
import { raiseDomain, readDomain } from '../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { readUser } from '../../lib/store/directory/users.ts';
import { readAttempts } from '../../lib/store/sessions/attempts.ts';
import { type SignIn, saveSession } from '../../lib/store/sessions/sessions.ts';
import { instant } from '../../lib/time.ts';
import { sendJson } from '../support/actors/accounts.ts';
import { addUser as addAnyUser } from '../support/actors/people.ts';
import { actionsDuring, broken, denied, type Fault, throttled } from '../support/running/proxy.ts';
import { type Answer, advance, type Service, startService } from '../support/running/service.ts';
import { openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const HOME = '192.0.2.1';
const CAFE = '198.51.100.200';
const DOMAIN = 'mydomain.com';
const BOTS = Array.from({ length: 40 }, (_, n) => `203.0.113.${n}`);
let service: Service;
beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: 'own-app', consent: 'never' });
});
afterAll(() => service.stop());
// At the beginning of a window of its own: it does not end within a test.
beforeEach(() => advance(900 - (seconds() % 900)));
afterEach(() => service.dynamodb.heal());

const seconds = () => Math.floor(Date.now() / 1000);
const addUser = () => addAnyUser(service, { activated: true });
type Door = (username: string, password: string, ip: string) => Promise<Answer>;
const at =
  (route: string): Door =>
  (username, password, ip) =>
    service.send(route, { ...sendJson({ username, password }), ip });
const webitel = at('POST /login');
const browserAt = (ip: string) =>
  openBrowser({ send: (call, sent) => service.send(call, { ...sent, ip }) });
const page: Door = async (username, password, ip) => {
  const browser = browserAt(ip);
  return browser.login(await browser.authorize(requestOf('own-app')), username, password);
};
/** What the pages tell the client of a fault. */
const errorOf = ({ headers }: Answer) =>
  new URL(headers['location'] ?? '').searchParams.get('error');
const change = (token: string, oldPassword: string, ip: string) =>
  service.send('POST /user/change-password', {
    ...sendJson({ oldPassword, newPassword: 'another' }, token),
    ip,
  });

const fail = (username: string, ips: readonly string[]) =>
  Promise.all(
    ips.map((ip) => countFailure(service.tables.sessions, { username, ip }, instant(seconds()))),
  );
/** The free attempts of the account are used up, none of the pairs' are. */
const attack = (username: string) => fail(username, [...BOTS, ...BOTS]);
const waiting = ({ status, headers }: Answer) => [status, headers['retry-after']];
const actionsOf = (of: () => Promise<unknown>) => actionsDuring(service.dynamodb, of);

/** As a sign-in of now leaves it. */
const sessionOf = async (
  id: string,
  given: Partial<SignIn & { ip: string; key: string }> = {},
): Promise<void> => {
  const { directory, sessions } = service.tables;
  const [user, domain] = await Promise.all([
    readUser(directory, id),
    readDomain(directory, DOMAIN),
  ]);
  const { key = 'key', ...rest } = given;
  const session = {
    kind: 'webitel',
    client: 'webitel',
    issuedAt: instant(seconds()),
    expiresAt: instant(seconds() + 60),
    subjectGeneration: user?.generation ?? 0,
    domainGeneration: domain?.generation ?? 0,
    ip: HOME,
    ...rest,
  };
  await saveSession(sessions, { subject: id, key }, session);
};

describe.each<[string, Door, number]>([
  ['Webitel', webitel, 200],
  ['Appmixer', at('POST /user/auth'), 200],
  ['Faveo', at('POST /api/v1/authenticate'), 200],
  ['the pages', page, 303],
])('%s', (_name, door, ok) => {
  test('strangers who take each turn as it comes keep nobody out who is known at the address', async () => {
    const { id, username } = await addUser();
    await sessionOf(id, { expiresAt: instant(seconds() + 900) });
    await attack(username);
    for (const bot of BOTS.slice(0, 4)) {
      advance(30);
      expect((await webitel(username, 'guess', bot)).status).toBe(401);
      expect(waiting(await door(username, 'secret', CAFE))).toEqual([429, '30']);
      expect((await door(username, 'secret', HOME)).status).toBe(ok);
    }
    advance(30);
    expect((await door(username, 'secret', CAFE)).status).toBe(ok);
  });

  test('whoever is known still has five free attempts there, and then waits', async () => {
    const { id, username } = await addUser();
    await sessionOf(id);
    await attack(username);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await door(username, 'guess', HOME)).status);
    expect(statuses).toEqual([...Array(5).fill(ok === 303 ? 400 : 401), 429]);
    expect((await door(username, 'secret', HOME)).status).toBe(429);
    const what = countedOf({ username, ip: HOME });
    const counted = await readAttempts(service.tables.sessions, what, instant(seconds()));
    expect(counted.map(({ count }) => count).slice(0, 2)).toEqual([5, 2 * BOTS.length + 5]);
  });

  test('A7: where the address has failed too often itself, whoever is known there is let in', async () => {
    const [known, stranger] = [await addUser(), await addUser()];
    await sessionOf(known.id);
    for (let n = 0; n < 100; n += 20)
      await Promise.all(Array.from({ length: 20 }, (_, one) => fail(`other-${n + one}`, [HOME])));
    expect((await door(stranger.username, 'secret', HOME)).status).toBe(429);
    expect((await door(known.username, 'secret', HOME)).status).toBe(ok);
  });

  test('who is asked after is not told by the requests', async () => {
    const [known, elsewhere, stranger] = [await addUser(), await addUser(), await addUser()];
    await sessionOf(known.id);
    await sessionOf(elsewhere.id, { ip: CAFE });
    const seen: string[][] = [];
    for (const name of [elsewhere.username, stranger.username, `no-${stranger.username}`]) {
      await attack(name);
      const ask = async () => expect((await door(name, 'secret', HOME)).status).toBe(429);
      seen.push(await actionsOf(ask));
    }
    expect(seen[0]).toEqual(expect.arrayContaining(['Query']));
    expect(seen[0]?.filter((action) => action === 'Query')).toHaveLength(1);
    // Some go out together, and arrive in any order.
    expect(new Set(seen.map((actions) => actions.toSorted().join())).size).toBe(1);
  });

  test.each<[string, Fault, number]>([
    ['throttled', throttled, 503],
    ['broken', broken, 503],
    ['not permitted', denied, 500],
  ])('where it cannot be asked (%s), no password is looked at', async (_case, fault, status) => {
    const { id, username } = await addUser();
    await sessionOf(id);
    await attack(username);
    service.dynamodb.inject(({ action }) => (action === 'Query' ? fault : undefined));
    const outcomes: unknown[] = [];
    for (const password of ['secret', 'guess']) {
      const answer = await door(username, password, HOME);
      outcomes.push(answer.status === 303 ? errorOf(answer) : answer.status);
    }
    const error = status === 503 ? 'temporarily_unavailable' : 'server_error';
    expect(outcomes).toEqual(Array(2).fill(ok === 303 ? error : status));
  });
});

describe('known at an address is only who', () => {
  const SESSIONS: [string, Parameters<typeof sessionOf>[1]][] = [
    ['another address', { ip: CAFE }],
    ['an address that begins alike', { ip: `${HOME}0` }],
    ['a session that has expired, and is not yet deleted', { expiresAt: instant(0) }],
    ['a session of before the user was signed out', { subjectGeneration: 0 }],
    ['a session of before the domain was signed out', { domainGeneration: 0 }],
    ['a grant, whose address is that of its client', { kind: 'authorization_code' }],
  ];
  test.each(SESSIONS)('has more there than %s', async (_case, given) => {
    const { id, username } = await addUser();
    await sessionOf(id, given);
    await attack(username);
    expect(waiting(await webitel(username, 'secret', HOME))).toEqual([429, '30']);
    await sessionOf(id, { key: 'live' });
    expect((await webitel(username, 'secret', HOME)).status).toBe(200);
  });

  test('has not expired this very second', async () => {
    const { id, username } = await addUser();
    await sessionOf(id);
    advance(59);
    await attack(username);
    expect((await webitel(username, 'guess', HOME)).status).toBe(401);
    advance(1);
    expect((await webitel(username, 'secret', HOME)).status).toBe(429);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['user', (id) => raiseGeneration(service.tables.directory, subjectKey(id))],
    ['domain', () => raiseDomain(service.tables.directory, DOMAIN)],
  ])('has not been signed out, with the whole %s', async (_case, signOut) => {
    const { id, username } = await addUser();
    await service.login(username);
    await attack(username);
    expect((await webitel(username, 'guess', HOME)).status).toBe(401);
    await signOut(id);
    expect((await webitel(username, 'secret', HOME)).status).toBe(429);
  });

  test('has not signed out', async () => {
    const { username } = await addUser();
    const credential = await service.login(username);
    await attack(username);
    expect((await webitel(username, 'guess', HOME)).status).toBe(401);
    await service.logout(credential);
    expect((await webitel(username, 'secret', HOME)).status).toBe(429);
  });

  test('is that user: a session of somebody else at the address is none', async () => {
    const [victim, other] = [await addUser(), await addUser()];
    await sessionOf(other.id);
    await attack(victim.username);
    expect((await webitel(victim.username, 'secret', HOME)).status).toBe(429);
  });

  test('signed in there last, in a browser that has moved', async () => {
    const { username } = await addUser();
    let ip = HOME;
    const browser = openBrowser({ send: (call, sent) => service.send(call, { ...sent, ip }) });
    await browser.login(await browser.authorize(requestOf('own-app')), username, 'secret');
    ip = CAFE;
    const again = await browser.authorize(requestOf('own-app', { prompt: 'login' }));
    expect((await browser.login(again, username, 'secret')).status).toBe(303);
    await attack(username);
    expect((await webitel(username, 'secret', HOME)).status).toBe(429);
    expect((await webitel(username, 'secret', CAFE)).status).toBe(200);
  });
});

test('it is asked only where it decides: a turn that has come costs a sign-in nothing more', async () => {
  const { username } = await addUser();
  await attack(username);
  advance(30);
  const actions = await actionsOf(async () =>
    expect((await webitel(username, 'secret', CAFE)).status).toBe(200),
  );
  expect(actions).toEqual(['BatchGetItem', 'GetItem', 'BatchGetItem', 'TransactWriteItems']);
});

test('it is asked by one strongly consistent count, of a bounded number, of what login may ask', async () => {
  const { id, username } = await addUser();
  await attack(username);
  const actions = await actionsOf(() => webitel(username, 'secret', HOME));
  expect(actions).toEqual(['BatchGetItem', 'GetItem', 'BatchGetItem', 'Query']);
  const asked = service.dynamodb.requests.at(-1)?.body ?? {};
  expect(asked).toMatchObject({
    Select: 'COUNT',
    ConsistentRead: true,
    Limit: 100,
    ExpressionAttributeValues: { ':pk': { S: id } },
  });
  const expressions = `${asked['KeyConditionExpression']} ${asked['FilterExpression']}`;
  const names = expressions.replaceAll(/:\w+|#|\bAND\b|begins_with/g, ' ').match(/\w+/g);
  // As in the condition of its permission: test/deploy/template.test.ts.
  expect(new Set(names)).toEqual(
    new Set(['pk', 'sk', 'ip', 'kind', 'expiresAt', 'subjectGeneration', 'domainGeneration']),
  );
});

describe('POST /user/change-password', () => {
  test('the owner changes it at a known address, while strangers try', async () => {
    const { username } = await addUser();
    const { token } = await service.login(username);
    await attack(username);
    expect((await change(token, 'guess', HOME)).status).toBe(400);
    expect((await change(token, 'secret', HOME)).status).toBe(200);
  });

  test('a stolen session makes nobody known: many addresses with it have the turns of one account', async () => {
    const { username } = await addUser();
    const { token } = await service.login(username);
    await attack(username);
    for (const bot of BOTS.slice(0, 3))
      expect(waiting(await change(token, 'guess', bot))).toEqual([429, '30']);
  });
});
