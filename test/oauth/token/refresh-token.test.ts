/** POST /oauth/token, refresh_token. Real handler, real store, real keys; nothing patched. */

import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { get } from '../../../lib/aws/table.ts';
import { randomSecret } from '../../../lib/crypto.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { formatRefreshToken } from '../../../lib/oauth/token/refresh-text.ts';
import { domainKey, raiseDomain } from '../../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { endSession, sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { addDomain } from '../../support/actors/accounts.ts';
import { addClient, form, posted } from '../../support/actors/clients.ts';
import {
  type Agreement,
  agree,
  openBrowser,
  publicClient,
  refreshWith,
  sendToken,
  tokensOf,
  webClient,
} from '../../support/actors/grants.ts';
import { addUser, assignRoles } from '../../support/actors/people.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import { broken } from '../../support/running/proxy.ts';
import {
  advance,
  bearer,
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
afterEach(() => service.dynamodb.heal());

const directory = () => service.tables.directory;
const now = () => Math.floor(Date.now() / 1000);
const INVALID = {
  status: 400,
  body: { error: 'invalid_grant', error_description: 'The code or token is not valid.' },
};
const call = async (token: unknown, target = 'GET /cdr') =>
  (
    await outcome(() =>
      service.authorizer(httpCall(target, bearer({ token: String(token), key: '' }))),
    )
  ).status;

async function granted(given: Parameters<typeof agree>[1] = {}) {
  const agreement = await agree(service, given);
  const { refresh, access, id } = await tokensOf(service, agreement);
  const { client } = agreement;
  return {
    ...agreement,
    refresh,
    access,
    id,
    use: (token = refresh, more: Record<string, string> = {}) =>
      refreshWith(service, client, token, more),
  };
}
const ofPublic = async (given: Parameters<typeof agree>[1] = {}) =>
  granted({ client: await publicClient(service), ...given });
const nextOf = (answer: { body: Record<string, unknown> }) => String(answer.body['refresh_token']);

test("O4: a public client's refresh takes no notice of a bearer token beside it", async () => {
  const { use, refresh, client, access } = await ofPublic();
  const sent = form(
    { grant_type: 'refresh_token', refresh_token: refresh, client_id: client.id },
    { authorization: `Bearer ${access}` },
  );
  const answer = await service.send('POST /oauth/token', sent);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect((await use(nextOf(answer))).status).toBe(200);
});

describe('new tokens (RFC 6749 §6, OpenID Connect Core §12)', () => {
  test('are like the first ones, and no cache keeps them', async () => {
    const { use, access, id } = await granted({
      scope: 'openid cdr:r',
      showAuthTime: true,
      nonce: 'n',
    });
    advance(100);
    const { status, headers, body } = await use();
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid cdr:r' });
    const fresh = String(body['access_token']);
    expect(decodeJwt(fresh)).toMatchObject({
      sub: decodeJwt(access).sub,
      sid: decodeJwt(access)['sid'],
      scope: 'openid cdr:r',
      exp: now() + 3600,
    });
    expect(decodeJwt(fresh).jti).not.toBe(decodeJwt(access).jti);
    expect(await call(fresh)).toBe(200);

    const [first, second] = [decodeJwt(id), decodeJwt(String(body['id_token']))];
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'sid', 'acr'])
      expect(second[name]).toEqual(first[name]);
    expect(second.iat).toBe(now());
    expect(second).not.toHaveProperty('nonce');
  });

  test('show a changed role at once', async () => {
    await editRole(directory(), { name: 'clerk', number: -1, parents: [], acl: { book: ['r'] } });
    const { use, browser } = await granted();
    await assignRoles(directory(), browser.name.subject, ['clerk']);
    const { body } = await use();
    expect(decodeJwt(String(body['access_token']))['roles']).toEqual(['clerk']);
    expect(await call(body['access_token'], 'GET /book')).toBe(200);
    expect(await call(body['access_token'], 'GET /cdr')).toBe(403);
  });

  test('have less scope where less is asked for, and the next ones all of it again', async () => {
    const { use } = await ofPublic({ scope: 'openid email' });
    const less = await use(undefined, { scope: 'email' });
    expect(less.body).toMatchObject({ scope: 'email' });
    expect(less.body).not.toHaveProperty('id_token');
    const full = await use(nextOf(less));
    expect(full.body).toMatchObject({ scope: 'openid email', id_token: expect.any(String) });
  });

  test('narrower by the ACL are narrower at the authorizer too', async () => {
    const { use } = await granted({ scope: 'openid cdr:r book:r' });
    const { body } = await use(undefined, { scope: 'book:r' });
    expect(await call(body['access_token'], 'GET /book')).toBe(200);
    expect(await call(body['access_token'], 'GET /cdr')).toBe(403);
  });

  test.each(['cdr:r book:*', 'full_access'])(
    'are narrowed to less than a word of %s',
    async (scope) => {
      const { use } = await granted({ scope: `openid ${scope}` });
      const { body } = await use(undefined, { scope: 'book:r' });
      expect(body['scope']).toBe('book:r');
      expect(await call(body['access_token'], 'GET /book')).toBe(200);
      expect(await call(body['access_token'], 'POST /book')).toBe(403);
      expect(await call(body['access_token'], 'GET /cdr')).toBe(403);
    },
  );

  test('R2: of identity alone let nothing be done, whatever the grant does', async () => {
    const { use } = await granted({ scope: 'openid book:r' });
    const { body } = await use(undefined, { scope: 'openid' });
    expect(body['scope']).toBe('openid');
    expect(await call(body['access_token'], 'GET /book')).toBe(403);
  });

  test.each(['book:c', 'book:*', 'cdr:r', 'full_access', 'admin/users:r'])(
    'never come to %s from a grant without it',
    async (scope) => {
      const { use } = await granted({ scope: 'openid book:r' });
      expect(await use(undefined, { scope })).toMatchObject({ body: { error: 'invalid_scope' } });
    },
  );

  test('have no more than the client is registered for by now', async () => {
    const { use, client } = await granted({ scope: 'openid email book:* cdr:r' });
    await changeClient(service, client.id, { scopes: ['openid', 'book:r'] });
    const { body } = await use();
    expect(body['scope']).toBe('openid book:r');
    expect(await call(body['access_token'], 'GET /book')).toBe(200);
    expect(await call(body['access_token'], 'POST /book')).toBe(403);
    expect(await call(body['access_token'], 'GET /cdr')).toBe(403);
    expect(await use(undefined, { scope: 'cdr:r' })).toMatchObject({
      body: { error: 'invalid_scope' },
    });
  });

  test('of a grant from before power was asked for by name are of identity alone', async () => {
    const { use } = await granted({ scope: 'openid profile' });
    const { body } = await use();
    expect(body['scope']).toBe('openid profile');
    expect(await call(body['access_token'], 'GET /book')).toBe(403);
  });

  test('do not outlive the grant', async () => {
    const { use } = await granted({ scope: 'openid offline_access cdr:r' });
    advance(2_592_000 - 60);
    const { body } = await use();
    expect(body['expires_in']).toBe(60);
    advance(59);
    expect(await call(body['access_token'])).toBe(200);
    advance(1);
    expect(await call(body['access_token'])).toBe(401);
    expect(await use()).toMatchObject(INVALID);
  });
});

describe('a confidential client keeps its refresh token (RFC 9700 §4.14.2)', () => {
  test('which works again and again, also after long', async () => {
    const { use, refresh } = await granted({ scope: 'openid offline_access' });
    for (const seconds of [0, 1, 31, 86_400]) {
      advance(seconds);
      const answer = await use();
      expect(answer.status).toBe(200);
      expect(nextOf(answer)).toBe(refresh);
    }
  });

  test('and has to authenticate', async () => {
    const { client, use, refresh } = await granted();
    for (const secret of ['', 'guess'])
      expect(await refreshWith(service, { ...client, secret }, refresh)).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      });
    expect((await use()).status).toBe(200);
  });

  test('however many ask at once', async () => {
    const { use } = await granted();
    const answers = await Promise.all(Array.from({ length: 8 }, () => use()));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });
});

describe("a public client's refresh token is exchanged at every use", () => {
  test('for one that goes on', async () => {
    const { use, refresh } = await ofPublic();
    const second = nextOf(await use());
    expect(second).not.toBe(refresh);
    advance(100);
    const third = nextOf(await use(second));
    expect(third).not.toBe(second);
  });

  test('and for the same one again, for half a minute: a lost answer, or two tabs', async () => {
    const { use, refresh } = await ofPublic();
    const first = await use();
    advance(30);
    const again = await use();
    expect(again.status).toBe(200);
    expect(nextOf(again)).toBe(nextOf(first));
    expect(await call(again.body['access_token'])).toBe(200);
    expect((await use(nextOf(first))).status).toBe(200);
    expect(refresh).not.toBe(nextOf(first));
  });

  test('then no more: the grant is ended, and with it whatever a thief got (RFC 9700 §4.14.2)', async () => {
    const { use } = await ofPublic();
    const thief = await use();
    advance(31);
    expect(await use()).toMatchObject(INVALID);
    expect(await use(nextOf(thief))).toMatchObject(INVALID);
    expect(await call(thief.body['access_token'])).toBe(401);
  });

  test('by a chain of tabs: each one that is half a minute old or less leads on', async () => {
    const { use, refresh } = await ofPublic();
    const second = nextOf(await use());
    advance(5);
    const third = nextOf(await use(second));
    advance(5);
    expect(nextOf(await use(refresh))).toBe(second);
    expect(nextOf(await use(second))).toBe(third);
    expect((await use(third)).status).toBe(200);
  });

  test('for one and the same, however many ask at once', async () => {
    const { use } = await ofPublic();
    const answers = await Promise.all(Array.from({ length: 12 }, () => use()));
    const given = answers.filter(({ status }) => status === 200);
    expect(given.length).toBeGreaterThan(0);
    for (const { status } of answers) expect([200, 503]).toContain(status);
    expect(new Set(given.map(nextOf)).size).toBe(1);
    advance(31);
    expect((await use(nextOf(given[0] ?? { body: {} }))).status).toBe(200);
  });

  test('while old and new race: nobody is signed out within the time', async () => {
    const { use, refresh } = await ofPublic();
    const second = nextOf(await use());
    const answers = await Promise.all([use(refresh), use(second), use(refresh), use(second)]);
    for (const { status } of answers) expect([200, 503]).toContain(status);
    expect(new Set(answers.filter(({ status }) => status === 200).map(nextOf)).size).toBe(2);
  });

  test('and after the time, in a race of old and new, nothing of it lives', async () => {
    const { use, refresh } = await ofPublic();
    const second = nextOf(await use());
    advance(31);
    const answers = await Promise.all([use(refresh), use(second)]);
    const all = answers.flatMap((answer) => (answer.status === 200 ? [nextOf(answer)] : []));
    for (const token of [second, ...all]) expect(await use(token)).toMatchObject(INVALID);
  });

  test('though the answer of the store was lost: the next try gets the same', async () => {
    const { use } = await ofPublic();
    let lost = 0;
    service.dynamodb.inject(({ action }) => {
      if (action !== 'UpdateItem' || lost > 0) return undefined;
      lost += 1;
      return 'lose';
    });
    const answer = await use();
    service.dynamodb.heal();
    expect(lost).toBe(1);
    expect(answer.status).toBe(200);
    expect(nextOf(await use())).toBe(nextOf(answer));
  });

  test('not where the store refuses it: 503, and the old one works', async () => {
    const { use } = await ofPublic();
    service.dynamodb.inject(({ action }) => (action === 'UpdateItem' ? broken : undefined));
    expect(await use()).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    service.dynamodb.heal();
    advance(31);
    expect((await use()).status).toBe(200);
  });

  test('not of a session that ends at that very moment', async () => {
    const { use, access } = await ofPublic();
    const { sub: subject = '', sid } = decodeJwt(access);
    service.dynamodb.inject(async ({ action }) => {
      if (action !== 'UpdateItem') return undefined;
      service.dynamodb.heal();
      const name = { subject, key: String(sid) };
      expect(await endSession(service.tables.sessions, name, instant(now()))).toBe(true);
      return undefined;
    });
    expect(await use()).toMatchObject(INVALID);
  });

  test('and none of them is stored as it is', async () => {
    const { use, refresh, access } = await ofPublic();
    const next = nextOf(await use());
    const { sub = '', sid } = decodeJwt(access);
    const key = sessionKey({ subject: sub, key: String(sid) });
    const stored = JSON.stringify(await get(service.tables.sessions, key));
    expect(stored).toContain('rotations');
    for (const token of [refresh, next])
      for (const secret of token.split('.').slice(-2)) expect(stored).not.toContain(secret);
  });
});

describe('is refused and exchanges nothing', () => {
  const unharmed = async (agreement: Pick<Agreement, 'client'>, refresh: string) => {
    advance(31);
    const answer = await refreshWith(service, agreement.client, refresh);
    expect(answer.status).toBe(200);
  };

  test.each(['openid email profile', 'cdr:r', 'openid  email', ' ', 'OPENID'])(
    'scope %j, which is more than was granted (RFC 6749 §6)',
    async (scope) => {
      const it = await ofPublic({ scope: 'openid email' });
      expect(await it.use(undefined, { scope })).toMatchObject({
        status: 400,
        body: { error: 'invalid_scope' },
      });
      await unharmed(it, it.refresh);
    },
  );

  test('a token of another client (RFC 6749 §10.4)', async () => {
    const it = await ofPublic();
    for (const other of [await publicClient(service), await webClient(service)])
      expect(await refreshWith(service, other, it.refresh)).toMatchObject(INVALID);
    await unharmed(it, it.refresh);
  });

  test('an exchanged token, by another client or without authentication: it ends nothing', async () => {
    const it = await ofPublic();
    const second = nextOf(await it.use());
    advance(31);
    expect(await refreshWith(service, await publicClient(service), it.refresh)).toMatchObject(
      INVALID,
    );
    const anonymous = { grant_type: 'refresh_token', refresh_token: it.refresh };
    expect(await sendToken(service, anonymous)).toMatchObject({ status: 401 });
    await unharmed(it, second);
  });

  test('a guess by somebody who knows all but the secrets: it ends nothing', async () => {
    const it = await ofPublic();
    const [family, secret] = it.refresh.split('.').slice(-2);
    const front = it.refresh.split('.').slice(0, -2);
    const guesses = [
      [...front, randomSecret(), randomSecret()],
      [...front, randomSecret(), secret],
    ];
    for (const guess of guesses) expect(await it.use(guess.join('.'))).toMatchObject(INVALID);
    expect(family).toHaveLength(43);
    await unharmed(it, it.refresh);
  });

  test.each([
    ['garbage', 'garbage'],
    ['an access token', 'access'],
    ['the prefix alone', 'lkr_'],
    ['nothing that a key could be', `lkr_${'0'.repeat(24)}.${'x'.repeat(36)}.YQ.a.b`],
    ['a long text', `lkr_${'x'.repeat(10_000)}`],
  ])('%s', async (_case, text) => {
    const it = await ofPublic();
    expect(await it.use(text === 'access' ? it.access : text)).toMatchObject(INVALID);
  });

  test('a token of a grant that never was', async () => {
    const it = await granted();
    const [, ...rest] = it.refresh.split('.');
    expect(await it.use([`lkr_${'0'.repeat(24)}`, ...rest].join('.'))).toMatchObject(INVALID);
  });

  test('no token: invalid_request', async () => {
    const it = await granted();
    expect(await it.use('')).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('a client without this grant (RFC 6749 §5.2)', async () => {
    const it = await granted();
    expect(await refreshWith(service, await addClient(service), it.refresh)).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
  });

  test('the token of a user who is gone, though the grant stands alone', async () => {
    const { browser, use } = await granted({ scope: 'openid offline_access' });
    const before = await readUser(directory(), browser.name.subject);
    if (!before) throw new Error('no user');
    await saveUser(directory(), { before });
    expect(await use()).toMatchObject(INVALID);
  });

  test('a token made up for a grant that was given none', async () => {
    const client = await webClient(service, { grants: ['authorization_code'] });
    const { access } = await tokensOf(service, await agree(service, { client }));
    await changeClient(service, client.id, { grants: ['authorization_code', 'refresh_token'] });
    const { sub: subject = '', sid } = decodeJwt(access);
    const name = { subject, key: String(sid) };
    const [family, secret] = [randomSecret(), randomSecret()];
    const token = formatRefreshToken({ name, domain: 'mydomain.com', family, secret });
    expect(await refreshWith(service, client, token)).toMatchObject(INVALID);
    expect(await call(access)).toBe(200);
  });

  test('the token of one request as two', async () => {
    const it = await granted();
    const sent = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: it.refresh,
      ...posted(it.client),
    });
    sent.append('refresh_token', it.refresh);
    const answer = await service.send('POST /oauth/token', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: sent.toString(),
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe.each([
  ['a confidential client', granted],
  ['a public client', ofPublic],
])('to %s nothing is given any more once', (_kind, grant) => {
  test.each<[string, (user: string) => Promise<unknown>]>([
    ['the user was disabled', (user) => setDisabled(directory(), subjectKey(user), true)],
    [
      'the user was signed out everywhere',
      (user) => raiseGeneration(directory(), subjectKey(user)),
    ],
  ])('%s', async (_case, change) => {
    const { use, browser } = await grant();
    await change(browser.name.subject);
    expect(await use()).toMatchObject(INVALID);
  });

  test.each<[string, (name: string) => Promise<unknown>]>([
    ['disabled', (name) => setDisabled(directory(), domainKey(name), true)],
    ['signed out', (name) => raiseDomain(directory(), name)],
  ])("the user's domain was %s", async (_case, change) => {
    const domain = `d-${randomSecret().slice(0, 12).toLowerCase()}.example`;
    await addDomain(directory(), domain);
    const { id } = await addUser(service, { domain });
    const client = await webClient(service, { domains: ['*'] });
    const { use } = await grant({ client, browser: await openBrowser(service, id) });
    expect((await use()).status).toBe(200);
    await change(domain);
    expect(await use()).toMatchObject(INVALID);
  });

  test('the browser was signed out', async () => {
    const { use, browser } = await grant();
    await endSession(service.tables.sessions, browser.name, instant(now()));
    expect(await use()).toMatchObject(INVALID);
  });

  test('the client was signed out, or is another one of the same id', async () => {
    const { use, client } = await grant();
    await raiseGeneration(directory(), subjectKey(client.id));
    expect(await use()).toMatchObject(INVALID);
  });

  test('the client was disabled', async () => {
    const { use, client } = await grant();
    await setDisabled(directory(), subjectKey(client.id), true);
    expect(await use()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});

test('offline access outlives the browser (OpenID Connect Core §11)', async () => {
  const { use, browser } = await granted({ scope: 'openid offline_access' });
  await endSession(service.tables.sessions, browser.name, instant(now()));
  expect((await use()).status).toBe(200);
});

describe('costs', () => {
  const actions = () => service.dynamodb.requests.map(({ action }) => action);

  test('one read for a confidential client', async () => {
    const { use } = await granted();
    service.dynamodb.requests.length = 0;
    await use();
    expect(actions()).toEqual(['BatchGetItem']);
  });

  test('one read and one conditional write for a public one; a repetition one read', async () => {
    const { use } = await ofPublic();
    service.dynamodb.requests.length = 0;
    await use();
    expect(actions()).toEqual(['BatchGetItem', 'UpdateItem']);
    expect(service.dynamodb.requests[1]?.body).toHaveProperty('ConditionExpression');
    service.dynamodb.requests.length = 0;
    await use();
    expect(actions()).toEqual(['BatchGetItem']);
  });
});

describe('whatever is done with the refresh tokens of a public client', () => {
  const use = fc.record({
    kind: fc.constant('use' as const),
    /** Of all that were handed out: 0 the oldest, 1 the newest. */
    which: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    by: fc.oneof(
      { weight: 6, arbitrary: fc.constant('client' as const) },
      fc.constantFrom('another', 'nobody', 'too much' as const),
    ),
    /** At once. */
    times: fc.constantFrom(1, 1, 1, 3),
  });
  const wait = fc.record({
    kind: fc.constant('wait' as const),
    seconds: fc.constantFrom(1, 29, 31),
  });
  const steps = fc.array(fc.oneof({ weight: 3, arbitrary: use }, wait), { maxLength: 10 });
  type By = 'client' | 'another' | 'nobody' | 'too much';

  /** What should be, from the rules alone. */
  function modelOf(first: string) {
    const tokens = [first];
    const exchangedAt: number[] = [];
    let dead = false;
    return {
      indexOf: (which: number) => Math.round(which * (tokens.length - 1)),
      at: (index: number) => tokens[index] ?? '',
      /** Of a use by the client itself. */
      expected(index: number): 'a new one' | 'the same again' | 'nothing' {
        if (!dead && index === tokens.length - 1) return 'a new one';
        const recent = now() - (exchangedAt[index] ?? 0) <= 30;
        dead ||= !recent;
        return dead ? 'nothing' : 'the same again';
      },
      handedOut(token: string) {
        expect(tokens).not.toContain(token);
        tokens.push(token);
        exchangedAt.push(now());
      },
    };
  }

  test('there are never two successors but within the grace time, and reuse ends it all', async () => {
    const another = await publicClient(service);
    const sender = (it: Awaited<ReturnType<typeof granted>>) => (by: By, token: string) => {
      if (by === 'nobody')
        return sendToken(service, { grant_type: 'refresh_token', refresh_token: token });
      if (by === 'another') return refreshWith(service, another, token);
      return it.use(token, by === 'too much' ? { scope: 'openid email' } : {});
    };

    const run = async (plan: Plan) => {
      const it = await ofPublic({ scope: 'openid offline_access' });
      const send = sender(it);
      const model = modelOf(it.refresh);
      for (const step of plan) {
        if (step.kind === 'wait') advance(step.seconds);
        else await check(model, send, step);
      }
    };
    await fc.assert(fc.asyncProperty(steps, run), { numRuns: 25 });
  }, 60_000);

  type Use = { which: number; by: By; times: number };
  type Plan = ({ kind: 'wait'; seconds: number } | ({ kind: 'use' } & Use))[];
  type Send = (by: By, token: string) => ReturnType<typeof sendToken>;

  async function check(model: ReturnType<typeof modelOf>, send: Send, { which, by, times }: Use) {
    const index = model.indexOf(which);
    const sent = Array.from({ length: times }, () => send(by, model.at(index)));
    const answers = await Promise.all(sent);
    const statuses = new Set(answers.map(({ status }) => status));
    // Refused, and nothing has changed: what follows shows it.
    if (by !== 'client') return expect(['400', '401']).toContain([...statuses].join());
    const expected = model.expected(index);
    if (expected === 'nothing') return expect(statuses).toEqual(new Set([400]));
    expect(statuses).toEqual(new Set([200]));
    const given = new Set(answers.map(nextOf));
    expect(given.size).toBe(1);
    const [next = ''] = given;
    if (expected === 'a new one') model.handedOut(next);
    else expect(next).toBe(model.at(index + 1));
  }
});
