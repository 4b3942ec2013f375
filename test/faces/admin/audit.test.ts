/** The audit: an event for every change, in its transaction, and no secret in it; and who may read it. */
import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, put } from '../../../lib/aws/table.ts';
import { epochMilliseconds, LAST_SECOND } from '../../../lib/time.ts';
import { DOMAIN, makeDomain, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { writeEvent } from '../../support/running/event-readers.ts';
import { broken } from '../../support/running/proxy.ts';
import { advance } from '../../support/running/service.ts';
import { numberAll } from '../../support/running/trail.ts';

let service: Admin;
let root: Caller;
let rootId: string;

beforeAll(async () => {
  service = await startAdmin({ AUDIT_RETENTION: '30', DEFAULT_DOMAIN: DOMAIN });
  await makeDomain(service, 'far.com');
  await makeUser(service, 'admin@far.com', ['admin'], 'far.com');
});
beforeEach(async () => {
  root = await service.by('100@mydomain.com');
  rootId = String((await all(service, root, '/users?login=100@mydomain.com'))[0]?.['id']);
  // Each test its own second.
  advance(1);
});
afterEach(() => service.dynamodb.heal());
afterAll(() => service.stop());

const now = () => Math.floor(Date.now() / 1000);
/** Without the sign-ins, which tests need to act at all. */
const recent = async () =>
  (await all(service, root, `/audit?from=${now()}`)).filter(
    ({ type }) => type !== 'session.opened',
  );
const star = { 'if-match': '*' };
const act = async (call: string, body?: unknown, who = root) => {
  const answer = await service.admin(who, call, {
    body,
    headers: { ...star, 'user-agent': 'curl' },
  });
  if (answer.status >= 300) throw new Error(`${call}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const SECRET = /secret"?:|\bhash\b|passwordHash|argon2|lk_[A-Za-z0-9]{8}|cursorKey|faveoApiKey":/;

test('tells who, what, when, from where, and what was before and after', async () => {
  const { id } = await act('POST /users', { username: 'told', password: 'ppppp', roles: ['user'] });
  await act(`PATCH /users/${id}`, { disabled: true });
  const [changed, made] = await recent();
  expect(changed).toEqual({
    id: expect.any(String),
    at: now(),
    type: 'user.disabled',
    v: 1,
    collection: 'users',
    target: id,
    domain: DOMAIN,
    subject: `user/${id}`,
    requestId: expect.any(String),
    actor: {
      kind: 'user',
      subject: rootId,
      username: '100@mydomain.com',
      key: expect.any(String),
      client: 'webitel',
      ip: '192.0.2.1',
      userAgent: 'curl',
    },
    before: expect.objectContaining({ username: 'told', disabled: false }),
    after: expect.objectContaining({ username: 'told', disabled: true }),
  });
  expect(made).toMatchObject({
    type: 'user.created',
    after: { username: 'told', roles: ['user'] },
  });
  expect(made).not.toHaveProperty('before');
});

describe('one event for every change, without secrets', () => {
  type Step = [type: string, run: () => Promise<unknown>];
  let id: string;
  const CHANGES: Step[] = [
    [
      'user.created',
      async () => {
        id = String((await act('POST /users', { username: 'u', password: 'ppppp' }))['id']);
      },
    ],
    ['user.password-changed', () => act(`PATCH /users/${id}`, { password: 'qqqqq' })],
    ['user.signed-out', () => act(`DELETE /sessions?subject=${id}`)],
    ['user.deleted', () => act(`DELETE /users/${id}`)],
    ['client.created', () => act('POST /clients', { id: 'cli', name: 'n' })],
    ['client.changed', () => act('PATCH /clients/cli', { name: 'm' })],
    ['client.secret-changed', () => act('POST /clients/cli/secret')],
    ['client.deleted', () => act('DELETE /clients/cli')],
    [
      'key.created',
      async () => {
        id = String((await act('POST /keys', { name: 'k', acl: { cdr: ['r'] } }))['id']);
      },
    ],
    ['key.disabled', () => act(`PATCH /keys/${id}`, { disabled: true })],
    ['key.secret-changed', () => act(`POST /keys/${id}/secret`)],
    ['key.deleted', () => act(`DELETE /keys/${id}`)],
    ['role.created', () => act('POST /roles', { name: 'r' })],
    ['role.changed', () => act('PATCH /roles/r', { acl: { cdr: ['r'] } })],
    ['role.deleted', () => act('DELETE /roles/r')],
    ['resource.created', () => act('POST /resources', { name: 'res' })],
    ['resource.changed', () => act('PATCH /resources/res', { patterns: ['/x/y'] })],
    ['resource.deleted', () => act('DELETE /resources/res')],
    ['domain.created', () => act('POST /domains', { name: 'd.example' })],
    ['domain.signed-out', () => act('DELETE /sessions?domain=d.example')],
    ['domain.disabled', () => act('PATCH /domains/d.example', { disabled: true })],
    ['domain.deleted', () => act('DELETE /domains/d.example')],
    ['settings.changed', () => act('PATCH /settings', { faveoApiKeyMandatory: true })],
    [
      'session.ended',
      async () => {
        const { key } = await service.login('100@mydomain.com');
        const own = await all(service, root, '/sessions');
        const session = own.find((one) =>
          Buffer.from(String(one['id']), 'base64url').toString().includes(key),
        );
        await act(`DELETE /sessions/${session?.['id']}`);
      },
    ],
  ];

  test.each(CHANGES)('%s', async (type, run) => {
    await run();
    const events = await recent();
    expect(events).toMatchObject([{ type, actor: { subject: rootId } }]);
    expect(JSON.stringify(events)).not.toMatch(SECRET);
  });

  test('says that a secret was replaced, not by what', async () => {
    const { id: user } = await act('POST /users', { username: 'renewed', password: 'ppppp' });
    await act('POST /clients', { id: 'renewed', name: 'n' });
    advance(1);
    await act(`PATCH /users/${user}`, { password: 'qqqqq' });
    await act('POST /clients/renewed/secret');
    expect((await recent()).map(({ renewed }) => renewed)).toEqual([['secret'], ['password']]);
  });

  test('a refused change leaves none', async () => {
    for (const [call, body] of [
      ['POST /users', { username: '100@mydomain.com', password: 'ppppp' }],
      [`PATCH /users/${rootId}`, { disabled: true }],
      [`DELETE /users/${rootId}`, undefined],
      ['DELETE /roles/user', undefined],
      ['DELETE /users/0123456789abcdef01234567', undefined],
      ['DELETE /clients/ghost', undefined],
    ] as const)
      await service.admin(root, call, { body, headers: star });
    expect(await recent()).toEqual([]);
  });

  test('of two racing changes the one that was made', async () => {
    const { id: user } = await act('POST /users', { username: 'racing', password: 'ppppp' });
    const { etag } = await service.admin(root, `GET /users/${user}`);
    advance(1);
    const change = (plan: string) =>
      service.admin(root, `PATCH /users/${user}`, {
        body: { plan },
        headers: { 'if-match': etag },
      });
    await Promise.all([change('a'), change('b')]);
    expect(await recent()).toHaveLength(1);
  });
});

describe('faults', () => {
  test('a transaction that fails leaves neither the change nor the event', async () => {
    const { id } = await act('POST /users', { username: 'faulty', password: 'ppppp' });
    advance(1);
    service.dynamodb.inject(({ action }) => (action === 'TransactWriteItems' ? broken : undefined));
    const call = `PATCH /users/${id}`;
    const answer = await service.admin(root, call, { body: { plan: 'x' }, headers: star });
    service.dynamodb.heal();
    expect(answer.status).toBe(503);
    expect((await service.admin(root, `GET /users/${id}`)).body).not.toHaveProperty('plan');
    expect(await recent()).toEqual([]);
  });

  test('an answer that is lost on the way leaves one change and one event', async () => {
    const { id } = await act('POST /users', { username: 'lost', password: 'ppppp' });
    advance(1);
    let lost = 0;
    service.dynamodb.inject(({ action }) => {
      if (action !== 'TransactWriteItems' || lost > 0) return undefined;
      lost += 1;
      // Written, and then a server error in place of the answer.
      return () => {
        throw new Error('cut after the write');
      };
    });
    const call = `PATCH /users/${id}`;
    const answer = await service.admin(root, call, { body: { plan: 'x' }, headers: star });
    service.dynamodb.heal();
    expect([lost, answer.status, answer.body['plan']]).toEqual([1, 200, 'x']);
    expect(await recent()).toHaveLength(1);
  });
});

describe('reading', () => {
  test('newest first, in pages of any size, between two times', async () => {
    const from = now();
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      await act('POST /clients', { id: `paged-${name}`, name });
      advance(1);
    }
    await act('POST /domains', { name: 'paged.example' });
    await act('POST /clients', { id: 'paged-far', name: 'far', domain: 'far.com' });
    const order = ['far', 'example', 'five', 'four', 'three', 'two', 'one'];
    for (const limit of [1, 2, 3, 100]) {
      const events = await all(service, root, `/audit?from=${from}`, limit);
      expect(events.map(({ target }) => String(target).split(/[-.]/).at(-1))).toEqual(order);
    }
    const some = await all(service, root, `/audit?from=${from + 1}&to=${from + 2}`);
    expect(some.map(({ target }) => target)).toEqual(['paged-three', 'paged-two']);
    const there = await all(service, root, `/audit?from=${from}&domain=far.com`);
    expect(there.map(({ target }) => target)).toEqual(['paged-far']);
    const bad = await service.admin(root, `GET /audit?from=${from}&to=${from - 1}`);
    expect(bad.status).toBe(400);
  });

  test.each([
    [99_999_999_999, 100_000_000_000],
    [100_000_000_000, LAST_SECOND],
    [0, LAST_SECOND],
  ])(
    'F11: from %i to %i is answered, also beyond what the keys of events can say',
    async (from, to) => {
      const { status, body } = await service.admin(
        root,
        `GET /audit?from=${from}&to=${to}&limit=1`,
      );
      expect([status, (body['items'] as object[]).length]).toEqual([200, from === 0 ? 1 : 0]);
    },
  );

  test('by who did it', async () => {
    const from = now();
    const admin = await service.by('demoadmin');
    await act('POST /clients', { id: 'who-root', name: 'x' });
    await act('POST /clients', { id: 'who-admin', name: 'x' }, admin);
    const [demo] = await all(service, root, '/users?login=demoadmin');
    await numberAll(service.tables.events);
    for (const limit of [1, 100]) {
      const place = `/audit?from=${from}&collection=clients&actor=${demo?.['id']}`;
      const events = await all(service, root, place, limit);
      expect(events.map(({ target }) => target)).toEqual(['who-admin']);
    }
  });

  test('by which session or key, not only whose it is', async () => {
    const { id, key } = await act('POST /keys', { name: 'k', acl: { 'admin/roles': ['*'] } });
    const byKey = { headers: { 'x-api-key': String(key) } };
    advance(1);
    await act('POST /roles', { name: 'by-session' });
    await act('POST /roles', { name: 'by-key' }, byKey);
    const [, name] = JSON.parse(Buffer.from(String(id), 'base64url').toString());
    const [second, first] = await recent();
    expect(second?.['actor']).toMatchObject({ subject: rootId, key: name, client: 'api-key' });
    expect(first?.['actor']).toMatchObject({ subject: rootId, client: 'webitel' });
    expect(first?.['actor']).not.toMatchObject({ key: name });
  });

  test('by what it happened to, its type, its collection, and from where; all at once, too', async () => {
    const from = now();
    await act('POST /clients', { id: 'found-one', name: 'x' });
    await act('POST /clients', { id: 'found-two', name: 'x' });
    await act('PATCH /clients/found-one', { disabled: true });
    await act('POST /roles', { name: 'found-role' });
    await numberAll(service.tables.events);
    const found = async (query: string, limit = 100) =>
      (await all(service, root, `/audit?from=${from}&${query}`, limit)).map(
        ({ type, target }) => `${type} ${target}`,
      );
    for (const limit of [1, 100]) {
      const one = ['client.disabled found-one', 'client.created found-one'];
      expect(await found('target=found-one', limit)).toEqual(one);
      expect(await found('type=client.disabled', limit)).toEqual(one.slice(0, 1));
      expect(await found('collection=clients', limit)).toEqual([
        one[0],
        'client.created found-two',
        one[1],
      ]);
      expect(await found('collection=roles&address=192.0.2.1', limit)).toEqual([
        'role.created found-role',
      ]);
      expect(await found(`target=found-one&type=client.created&actor=${rootId}`)).toEqual([one[1]]);
    }
    expect(await found('address=198.51.100.9')).toEqual([]);
    expect(await found(`target=found-one&domain=far.com`)).toEqual([]);
    for (const query of ['type=client.eaten', 'collection=ghosts', 'action=change', 'target='])
      expect((await service.admin(root, `GET /audit?${query}`)).status).toBe(400);
  });

  test('among what happened, also what only a later release has a type for', async () => {
    const { events } = service.tables;
    const id = await writeEvent(events, { domain: DOMAIN }, epochMilliseconds(Date.now()));
    const item = await get(events, { pk: `events#${DOMAIN}`, sk: id });
    await put(events, { ...item, type: 'passkey.created', collection: 'passkeys' });
    await numberAll(events);
    const [event] = await all(service, root, `/audit?from=${now()}&target=ada`);
    expect(event).toMatchObject({ id, type: 'passkey.created', collection: 'passkeys' });
  });

  test('a page goes on for the caller and the query that it was given to', async () => {
    for (const id of ['next-one', 'next-two']) await act('POST /clients', { id, name: 'x' });
    const page = '/audit?limit=1&domain=mydomain.com';
    const { next } = (await service.admin(root, `GET ${page}`)).body;
    const admin = await service.by('demoadmin');
    const status = async (who: Caller, query: string) =>
      (await service.admin(who, `GET ${query}&cursor=${next}`)).status;
    expect(await status(root, page)).toBe(200);
    expect(await status(admin, page)).toBe(400);
    expect(await status(root, '/audit?limit=1&domain=far.com')).toBe(400);
    expect(await status(root, `${page}&type=client.created`)).toBe(400);
  });

  test('no filter leads an administrator of a domain into another one', async () => {
    const far = await service.by('admin@far.com');
    await act('POST /clients', { id: 'hidden-client', name: 'x' });
    await numberAll(service.tables.events);
    for (const query of [
      'target=hidden-client',
      'type=client.created',
      'collection=clients',
      `actor=${rootId}`,
      'address=192.0.2.1',
    ]) {
      const events = await all(service, far, `/audit?${query}`);
      expect(events.filter(({ domain }) => domain !== 'far.com')).toEqual([]);
    }
  });

  test('an administrator of a domain reads of that domain only', async () => {
    const far = await service.by('admin@far.com');
    await act('POST /clients', { id: 'secret-client', name: 'x' });
    await act('POST /clients', { id: 'seen-client', name: 'x', domain: 'far.com' });
    const events = await all(service, far, '/audit');
    expect(new Set(events.map(({ domain }) => domain))).toEqual(new Set(['far.com']));
    expect(events[0]?.['target']).toBe('seen-client');
    expect(await all(service, far, `/audit?domain=${DOMAIN}`)).toEqual([]);
    const user = await service.by('200@mydomain.com');
    expect((await service.admin(user, 'GET /audit')).status).toBe(403);
  });

  test('ends with the retention, whenever DynamoDB deletes', async () => {
    const { events } = service.tables;
    const partition = { ':pk': { S: `events#${DOMAIN}` } };
    await act('POST /clients', { id: 'kept', name: 'x' });
    const { Items = [] } = await events.client.send(
      new QueryCommand({
        TableName: events.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: partition,
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    const [item] = Items.map((one) => unmarshall(one));
    expect(item).toMatchObject({ target: 'kept', expiresAt: now() + 30 * 86_400 });
    const from = now();
    advance(30 * 86_400);
    root = await service.by('100@mydomain.com');
    expect(await all(service, root, `/audit?from=${from}&to=${from}`)).toEqual([]);
  });

  test('goes on past pages that have expired to older events that were to be kept for longer', async () => {
    const { events } = service.tables;
    const domain = 'far.com';
    const from = now();
    const kept = await writeEvent(events, { domain }, epochMilliseconds(from * 1000));
    for (let count = 1; count <= 150; count++) {
      const id = await writeEvent(events, { domain }, epochMilliseconds(from * 1000 + count));
      const item = await get(events, { pk: `events#${domain}`, sk: id });
      await put(events, { ...item, expiresAt: from });
    }
    await numberAll(events);
    for (const by of ['', '&target=ada', '&actor=root']) {
      const page = `/audit?domain=${domain}&from=${from}&to=${from}${by}`;
      expect((await all(service, root, page)).map(({ id }) => id)).toEqual([kept]);
    }
  });
});

test('no secret that was shown is anywhere in the tables', async () => {
  const { secret } = await act('POST /clients', { id: 'scanned', name: 'x' });
  const { key } = await act('POST /keys', { name: 'scanned', acl: { cdr: ['r'] } });
  await act('POST /users', { username: 'scanned', password: 'very-secret-password' });
  for (const { client, name } of Object.values(service.tables)) {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
    const text = JSON.stringify(Items);
    for (const one of [secret, String(key).split('_').at(-1), 'very-secret-password'])
      expect(text.includes(String(one))).toBe(false);
  }
});

describe('what the dialects change is told, too', () => {
  const ROLES = '/api/v2/acl/roles';
  const TOKENS = `/api/v2/domains/${DOMAIN}/settings/token`;
  const send = async (call: string, body?: unknown) => {
    const answer = await service.send(call, {
      headers: { 'content-type': 'application/json', 'user-agent': 'old', ...root.headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status >= 300) throw new Error(`${call}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  let id = '';
  const CHANGES: [type: string, run: () => Promise<unknown>][] = [
    ['role.created', () => send(`POST ${ROLES}`, { roles: 'told', allows: {} })],
    ['role.changed', () => send(`PUT ${ROLES}/told`, { cdr: ['r'] })],
    ['role.deleted', () => send(`DELETE ${ROLES}/told`)],
    [
      'domain-token.created',
      async () => {
        const expire = Date.now() + 86_400_000;
        const { info } = await send(`POST ${TOKENS}`, { role: 'user', expire });
        id = (info as { data: { uuid: string } }).data.uuid;
      },
    ],
    ['domain-token.disabled', () => send(`PATCH ${TOKENS}/${id}`, { state: false })],
    ['domain-token.deleted', () => send(`DELETE ${TOKENS}/${id}`)],
    [
      'user.created',
      async () => {
        const user = { username: 'mixer', email: 'mixer@example.com', password: 'ppppp' };
        const made = await service.send('POST /user', {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(user),
        });
        id = (made.body['user'] as { id: string }).id;
      },
    ],
    ['user.changed', () => send(`PUT /users/${id}`, { plan: 'beta' })],
    [
      'user.password-changed',
      () => send('POST /user/reset-password', { email: 'mixer@example.com', password: 'qqqqq' }),
    ],
    ['user.deleted', () => send(`DELETE /users/${id}`)],
    [
      'user.password-changed',
      () => send('POST /user/change-password', { oldPassword: 'secret', newPassword: 'secret' }),
    ],
  ];

  test.each(CHANGES)('%s', async (type, run) => {
    await run();
    const events = await recent();
    expect(events).toMatchObject([{ type, actor: { ip: '192.0.2.1' } }]);
    expect(JSON.stringify(events)).not.toMatch(SECRET);
  });

  describe("Faveo's API key", () => {
    const ask = () => send('GET /api/v1/helpdesk/api_key');

    test('is not made when its event cannot be written', async () => {
      service.dynamodb.inject(({ action }) =>
        action === 'TransactWriteItems' ? broken : undefined,
      );
      await expect(ask()).rejects.toThrow();
      service.dynamodb.heal();
      expect(await recent()).toEqual([]);
    });

    test('leaves one event when it is made, by two at once, and none when it is shown', async () => {
      const [{ result }] = await Promise.all([ask(), ask()]);
      await ask();
      const events = await recent();
      expect(events).toMatchObject([
        {
          type: 'settings.changed',
          renewed: ['faveoApiKey'],
          actor: { subject: rootId },
        },
      ]);
      expect(JSON.stringify(events)).not.toMatch(SECRET);
      expect(JSON.stringify(events)).not.toContain(String(result));
    });
  });
});
