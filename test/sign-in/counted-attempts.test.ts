/**
 * Guessing passwords where products sign in: POST /login, POST /user/auth, POST /api/v1/authenticate,
 * POST /user/change-password. One count for all of them and for the sign-in pages.
 */

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { put } from '../../lib/aws/table.ts';
import { countFailure } from '../../lib/sign-in/count-failures.ts';
import { countedOf, waitAfter } from '../../lib/sign-in/throttle.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { readAttempts } from '../../lib/store/sessions/attempts.ts';
import { instant } from '../../lib/time.ts';
import { sendJson } from '../support/actors/accounts.ts';
import { DEMO, tokenOf } from '../support/actors/clients.ts';
import { addUser as addAnyUser } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import {
  actionsDuring,
  broken,
  denied,
  type Fault,
  type Request,
  throttled,
} from '../support/running/proxy.ts';
import {
  type Answer,
  advance,
  coldStart,
  type Service,
  startService,
} from '../support/running/service.ts';
import { openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const HOME = '192.0.2.1';
let service: Service;
beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: 'own-app', consent: 'never' });
});
afterAll(() => service.stop());
// In a window of its own: the failures of the test before do not count.
beforeEach(() => advance(900));
afterEach(() => {
  service.dynamodb.heal();
  vi.restoreAllMocks();
});

const seconds = () => Date.now() / 1000;
const addUser = async () => (await addAnyUser(service, { activated: true })).username;
type Door = (username: string, password: string, ip?: string) => Promise<Answer>;
const webitel: Door = (username, password, ip = HOME) =>
  service.send('POST /login', { ...sendJson({ username, password }), ip });
const appmixer: Door = (username, password, ip = HOME) =>
  service.send('POST /user/auth', { ...sendJson({ username, password }), ip });
const faveo: Door = (username, password, ip = HOME) =>
  service.send('POST /api/v1/authenticate', { ...sendJson({ username, password }), ip });
const page: Door = async (username, password) => {
  const browser = openBrowser(service);
  return browser.login(await browser.authorize(requestOf('own-app')), username, password);
};
const change = (token: string, oldPassword: string, ip = HOME) =>
  service.send('POST /user/change-password', {
    ...sendJson({ oldPassword, newPassword: 'another' }, token),
    ip,
  });

const statuses = async (count: number, of: () => Promise<Answer>): Promise<number[]> => {
  const found: number[] = [];
  for (let n = 0; n < count; n++) found.push((await of()).status);
  return found;
};
/** What was not looked at, since the busy machine's database took its time, is asked again. */
const answered = async (of: () => Promise<Answer>): Promise<Answer> => {
  const answer = await of();
  return answer.status === 503 ? of() : answer;
};
const waiting = ({ status, headers }: Answer) => [status, headers['retry-after']];
const actionsOf = (of: () => Promise<unknown>) => actionsDuring(service.dynamodb, of);
const counted = async (username: string, ip = HOME): Promise<number[]> => {
  const found = await readAttempts(
    service.tables.sessions,
    countedOf({ username, ip }),
    instant(seconds()),
  );
  return found.slice(0, 3).map(({ count }) => count);
};
/** As many failures as that, without the hashes. */
const fail = (count: number, of: (n: number) => { username: string; ip: string }) =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      countFailure(service.tables.sessions, of(n), instant(seconds())),
    ),
  );

const text = 'Too many attempts. Try again later.';
const DOORS: [string, Door, object, string[]][] = [
  ['Webitel', webitel, { status: 'error', info: text }, []],
  ['Appmixer', appmixer, { statusCode: 429, error: 'Too Many Requests', message: text }, []],
  // The setting that makes its API key mandatory is a read of its own.
  ['Faveo', faveo, { Error: text, status_code: 429 }, ['GetItem']],
];

describe.each(DOORS)('%s', (_name, door, refusal, before) => {
  test('five failures are free, then each waits twice as long as the one before (SP 800-63B §3.2.2)', async () => {
    const username = await addUser();
    const guess = () => door(username, 'guess');
    expect(await statuses(6, guess)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(waiting(await guess())).toEqual([429, '1']);
    advance(1);
    expect((await guess()).status).toBe(401);
    expect(waiting(await guess())).toEqual([429, '2']);
    advance(1);
    expect(waiting(await door(username, 'secret'))).toEqual([429, '1']);
    advance(1);
    expect((await door(username, 'secret')).status).toBe(200);
  });

  test('too early is a 429 in the shape of its errors, never cached (RFC 6585 §4)', async () => {
    const username = await addUser();
    await fail(5, () => ({ username, ip: HOME }));
    const { status, headers, body } = await door(username, 'guess');
    expect([status, body]).toEqual([429, refusal]);
    expect(headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('www-authenticate');
  });

  test('tells neither whether the password was right nor whether there is such a user', async () => {
    const username = await addUser();
    const nobody = `nobody-${username}`;
    for (const name of [username, nobody]) await fail(7, () => ({ username: name, ip: HOME }));
    const answers = [
      await door(username, 'guess'),
      await door(username, 'secret'),
      await door(nobody, 'secret'),
    ];
    expect(waiting(answers[0] as Answer)).toEqual([429, '4']);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test('a name of nobody, or that can be none, has five free attempts like any other', async () => {
    for (const name of ['nobody@mydomain.com', 'no\u0000body']) {
      const answers = await statuses(6, () => door(name, 'guess'));
      expect(answers.map((status) => status === 429)).toEqual([...Array(5).fill(false), true]);
    }
  });

  test('too early costs one read, for whichever name', async () => {
    const username = await addUser();
    for (const name of [username, 'nobody']) {
      await fail(5, () => ({ username: name, ip: HOME }));
      const actions = await actionsOf(() => door(name, 'secret'));
      expect(actions).toEqual([...before, 'BatchGetItem']);
    }
  });

  test('a wrong password and an unknown name cost the same requests', async () => {
    const username = await addUser();
    const counts = [...before, 'BatchGetItem', 'GetItem', ...Array(3).fill('UpdateItem')];
    // The first one is told of.
    const failure = [...counts, 'TransactWriteItems'];
    expect(await actionsOf(() => door(username, 'guess'))).toEqual(failure);
    expect(await actionsOf(() => door('nobody', 'guess'))).toEqual(failure);
  });

  test('a success counts nothing, and costs no request for it', async () => {
    const username = await addUser();
    await fail(4, () => ({ username, ip: HOME }));
    const success = [...before, 'BatchGetItem', 'GetItem', 'BatchGetItem', 'TransactWriteItems'];
    for (let n = 0; n < 3; n++)
      expect(await actionsOf(() => door(username, 'secret'))).toEqual(success);
    expect(await counted(username)).toEqual([4, 4, 4]);
  });

  test('the right password of a disabled user counts: not having to wait would tell it', async () => {
    const { id, username } = await addAnyUser(service, { activated: true });
    await setDisabled(service.tables.directory, subjectKey(id), true);
    const answers = await statuses(6, () => door(username, 'secret'));
    expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('another address goes on, and so does another account of the same address', async () => {
    const [victim, other] = [await addUser(), await addUser()];
    await fail(20, () => ({ username: victim, ip: HOME }));
    expect((await door(victim, 'secret')).status).toBe(429);
    expect((await door(victim, 'secret', '198.51.100.7')).status).toBe(200);
    expect((await door(other, 'secret')).status).toBe(200);
  });

  test('another spelling of the name does not', async () => {
    const username = await addUser();
    await fail(5, () => ({ username, ip: HOME }));
    expect((await door(` ${username.toUpperCase()} `, 'secret')).status).toBe(429);
  });

  test('what is no attempt at a password does not count', async () => {
    const username = await addUser();
    for (let n = 0; n < 6; n++) expect((await door(username, 7 as never)).status).toBe(400);
    expect(await counted(username)).toEqual([0, 0, 0]);
  });

  test('30 wrong passwords at once are all counted, and the right one waits after them', async () => {
    const username = await addUser();
    const all = Array.from({ length: 30 }, () => door(username, 'guess'));
    const answers = (await Promise.all(all)).map(({ status }) => status);
    // On a busy machine a read may fail: that guess was not looked at.
    expect(answers.filter((status) => ![401, 429, 503].includes(status))).toEqual([]);
    const looked = answers.filter((status) => status === 401).length;
    expect(looked).toBeGreaterThan(5);
    for (const count of await counted(username)) expect(count).toBeGreaterThanOrEqual(looked);
    expect((await answered(() => door(username, 'secret'))).status).toBe(429);
  });

  test('nobody hears of a password that could not be counted: 503, and then it works again', async () => {
    const username = await addUser();
    service.dynamodb.inject(({ action }) => (action === 'UpdateItem' ? throttled : undefined));
    const answer = await door(username, 'guess');
    expect(waiting(answer)).toEqual([503, '2']);
    expect(answer.text).not.toMatch(/credential|password|username/i);
    // Who is right writes no attempt.
    expect((await door(username, 'secret')).status).toBe(200);
    service.dynamodb.heal();
    expect((await door(username, 'guess')).status).toBe(401);
  });

  test.each<[string, Fault, number]>([
    ['throttled', throttled, 503],
    ['broken', broken, 503],
    ['not permitted', denied, 500],
  ])(
    'where what was counted cannot be read (%s), no password is looked at',
    async (_case, fault, status) => {
      const username = await addUser();
      service.dynamodb.inject(({ body }) =>
        JSON.stringify(body).includes('attempts#') ? fault : undefined,
      );
      const actions = await actionsOf(async () =>
        expect((await door(username, 'secret')).status).toBe(status),
      );
      expect(new Set(actions.slice(before.length))).toEqual(new Set(['BatchGetItem']));
    },
  );
});

describe('the rules, at any of them', () => {
  test.each<[string, number, (n: number) => { username: string; ip: string }]>([
    ['one account from many addresses', 50, (n) => ({ username: '', ip: `198.51.100.${n}` })],
    ['many accounts from one address', 100, (n) => ({ username: `-${n}`, ip: '203.0.113.9' })],
  ])('%s: %i failures are free, then never more than 30 s to wait', async (_case, free, of) => {
    const username = await addUser();
    const who = (n: number) => ({ ...of(n), username: username + of(n).username });
    const next = () => webitel(username, 'guess', who(free).ip);
    await fail(free - 1, who);
    expect((await next()).status).toBe(401);
    expect(waiting(await next())).toEqual([429, '1']);
    await fail(20, () => who(free + 1));
    expect(waiting(await next())).toEqual([429, '30']);
    advance(30);
    expect((await next()).status).toBe(401);
  });

  test('the wait ends with the window at the latest, and Retry-After says so', async () => {
    const username = await addUser();
    advance(1500 - (seconds() % 900));
    await fail(30, () => ({ username, ip: HOME }));
    expect(waiting(await webitel(username, 'secret'))).toEqual([429, '300']);
    advance(290);
    expect(waiting(await webitel(username, 'secret'))).toEqual([429, '10']);
    advance(10);
    expect(await counted(username)).toEqual([0, 0, 0]);
    expect((await webitel(username, 'secret')).status).toBe(200);
  });

  test('whatever was counted, the wait is whole seconds and ends with the window', () => {
    const attempts = fc.record({ count: fc.nat(5000), lastAt: fc.nat(4_000_000_000).map(instant) });
    const seen = fc.tuple(attempts, attempts, attempts);
    fc.assert(
      fc.property(seen, fc.nat(4_000_000_000), (given, now) => {
        const wait = waitAfter(given, instant(now));
        expect(Number.isInteger(wait) && wait >= 0 && wait <= 900 - (now % 900)).toBe(true);
        const [pair, account, address] = given;
        const free = pair.count < 5 && account.count < 50 && address.count < 100;
        if (free) expect(wait).toBe(0);
      }),
    );
  });

  test('what is kept names no account and no address, and expires', async () => {
    const username = await addUser();
    await webitel(username, 'guess');
    const { client, name: TableName } = service.tables.sessions;
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    const kept = Items.filter(({ pk }) => pk?.S?.startsWith('attempts#'));
    expect(kept.length).toBeGreaterThanOrEqual(3);
    for (const { pk, expiresAt } of kept) {
      expect(pk?.S).toMatch(/^attempts#[\w-]{43}$/);
      expect(Number(expiresAt?.N)).toBeLessThanOrEqual(seconds() + 1800);
    }
    expect(JSON.stringify(kept)).not.toContain(username);
    expect(JSON.stringify(kept)).not.toContain(HOME);
  });

  test('where one of three counts fails, the others count and the caller is told of the fault', async () => {
    const username = await addUser();
    let first = '';
    service.dynamodb.inject(({ action, body }: Request) => {
      if (action !== 'UpdateItem') return undefined;
      first ||= JSON.stringify(body['Key']);
      return JSON.stringify(body['Key']) === first ? broken : undefined;
    });
    expect((await webitel(username, 'guess')).status).toBe(503);
    expect((await counted(username)).sort()).toEqual([0, 1, 1]);
  });

  test('a counter that makes no sense is a fault, not a free attempt', async () => {
    const username = await addUser();
    const [what] = countedOf({ username, ip: HOME });
    const sk = String(Math.floor(seconds() / 900));
    await put(service.tables.sessions, { pk: `attempts#${what}`, sk, count: 'none', lastAt: 0 });
    expect((await webitel(username, 'secret')).status).toBe(500);
  });

  test('R3: the log says that it was too early, and from where, but not which name', async () => {
    const username = await addUser();
    await fail(5, () => ({ username, ip: HOME }));
    const log = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    await webitel(username, 'marked-5c7e');
    const lines = log.mock.calls.join();
    expect(lines).toContain('"code":"too_many_attempts"');
    expect(lines).toContain(`"address":"${HOME}"`);
    for (const secret of [username, 'marked-5c7e']) expect(lines).not.toContain(secret);
  });
});

describe('another door gives no fresh attempts', () => {
  test('failures at one are failures at the others, and at the pages', async () => {
    const username = await addUser();
    const { token } = await service.login(username);
    expect(await statuses(2, () => webitel(username, 'guess'))).toEqual([401, 401]);
    expect(await statuses(2, () => appmixer(username, 'guess'))).toEqual([401, 401]);
    expect((await faveo(username, 'guess')).status).toBe(401);
    for (const door of [webitel, appmixer, faveo, page])
      expect((await door(username, 'secret')).status).toBe(429);
    expect((await change(token, 'secret')).status).toBe(429);
    advance(1);
    expect((await page(username, 'guess')).status).toBe(400);
    expect(waiting(await webitel(username, 'secret'))).toEqual([429, '2']);
  });

  test('those at the pages count at the dialects', async () => {
    const username = await addUser();
    expect(await statuses(6, () => page(username, 'guess'))).toEqual([
      400, 400, 400, 400, 400, 429,
    ]);
    for (const door of [webitel, appmixer, faveo])
      expect(waiting(await door(username, 'secret'))).toEqual([429, '1']);
  });
});

describe('Faveo', () => {
  test('a user who was never activated counts with the right password, too', async () => {
    const { username } = await addAnyUser(service);
    const answers = await statuses(6, () => faveo(username, 'secret'));
    expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('a wrong API key is no attempt: no password has been looked at', async () => {
    const username = await addUser();
    const sent = sendJson({ username, password: 'guess', api_key: 'wrong' });
    const send = () => service.send('POST /api/v1/authenticate', sent);
    expect(await statuses(6, send)).toEqual(Array(6).fill(401));
    expect(await counted(username)).toEqual([0, 0, 0]);
  });

  test('in the style of its source too early is still a 429, with the body of that style', async () => {
    const username = await addUser();
    await fail(5, () => ({ username, ip: HOME }));
    Object.assign(process.env, { FAVEO_ERRORS_AS_200: 'true' });
    const { send } = await coldStart();
    Object.assign(process.env, { FAVEO_ERRORS_AS_200: '' });
    const sent = sendJson({ username, password: 'secret' });
    const answer = await send('POST /api/v1/authenticate', sent);
    expect(waiting(answer)).toEqual([429, '1']);
    expect(answer.body).toEqual({ error: text, status_code: 429 });
  });
});

describe('POST /user/change-password', () => {
  const signedIn = async () => {
    const username = await addUser();
    return { username, token: (await service.login(username)).token };
  };

  test('a wrong old password is an attempt: five are free, then it is 429, right or wrong', async () => {
    const { username, token } = await signedIn();
    const guess = () => change(token, 'guess');
    expect(await statuses(6, guess)).toEqual([400, 400, 400, 400, 400, 429]);
    const answer = await change(token, 'secret');
    expect(waiting(answer)).toEqual([429, '1']);
    expect(answer.body).toEqual({ statusCode: 429, error: 'Too Many Requests', message: text });
    expect(await counted(username)).toEqual([5, 5, 5]);
    advance(1);
    expect((await change(token, 'secret')).status).toBe(200);
  });

  test('it counts at the doors, and another address goes on', async () => {
    const { username, token } = await signedIn();
    await statuses(5, () => change(token, 'guess'));
    expect((await webitel(username, 'secret')).status).toBe(429);
    expect((await webitel(username, 'secret', '198.51.100.7')).status).toBe(200);
    expect((await change(token, 'secret', '198.51.100.7')).status).toBe(200);
  });

  test('a change that is made counts nothing, and neither does one that is no change', async () => {
    const { username, token } = await signedIn();
    expect((await change(token, '')).status).toBe(400);
    expect((await change('guess', 'secret')).status).toBe(401);
    expect((await change(token, 'secret')).status).toBe(200);
    expect(await counted(username)).toEqual([0, 0, 0]);
  });

  test('who is no user has no password to guess, and is told so', async () => {
    const token = await tokenOf(service, DEMO);
    const actions = await actionsOf(async () =>
      expect((await change(token, 'guess')).status).toBe(403),
    );
    expect(actions).not.toContain('UpdateItem');
  });

  test('nobody hears of an old password that could not be counted', async () => {
    const { token } = await signedIn();
    service.dynamodb.inject(({ action }) => (action === 'UpdateItem' ? broken : undefined));
    const answer = await change(token, 'guess');
    expect(waiting(answer)).toEqual([503, '2']);
    expect(answer.text).not.toContain('oldPassword');
  });
});
