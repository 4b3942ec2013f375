/** The one door to DynamoDB: batches, conditions, and what a failed call means. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, describe, expect, inject, test, vi } from 'vitest';
import { guard } from '../../lib/aws/fault.ts';
import { parseItem } from '../../lib/aws/item.ts';
import { queryAll, skipItems } from '../../lib/aws/query.ts';
import { batchGet, connect, deleteIf, get, type Key, put, updateIf } from '../../lib/aws/table.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { SessionItem } from '../../lib/store/sessions/sessions.ts';
import { unstorable } from '../support/data/unstorable-keys.ts';
import { broken, denied, startProxy, throttled, unprocessed } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

const proxy = await startProxy(inject('dynamodb'));
const { directory, sessions } = await freshTables(proxy.endpoint, 1);
afterEach(() => {
  proxy.heal();
  proxy.requests.length = 0;
});
afterAll(() => proxy.stop());

const key = (pk: string): Key => ({ pk, sk: 'item' });
const item = (pk: string, members: object = {}) => ({ ...key(pk), ...members });
const absent = { expression: 'attribute_not_exists(pk)' };
const reads = () => proxy.requests.filter(({ action }) => action === 'BatchGetItem');

/** Of a function. */
const SURROUNDINGS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
};

describe('the client', () => {
  const loggersOf = ({ middlewareStack }: { middlewareStack: { identify: () => string[] } }) =>
    middlewareStack.identify().filter((name) => /logger/i.test(name));

  test('copies nothing for a log that nobody writes, as the SDK would', () => {
    expect(loggersOf(new DynamoDBClient({}))).toHaveLength(1);
    expect(loggersOf(connect())).toEqual([]);
  });

  test('puts its middleware together once for each operation', async () => {
    for (const [variable, value] of Object.entries(SURROUNDINGS)) vi.stubEnv(variable, value);
    const client = connect();
    let made = 0;
    client.middlewareStack.add(
      (next) => {
        made += 1;
        return next;
      },
      { step: 'initialize' },
    );
    const table = { client, name: directory.name };
    for (let round = 0; round < 3; round++) await batchGet([{ table, key: key('a') }]);
    client.destroy();
    vi.unstubAllEnvs();
    expect(reads()).toHaveLength(3);
    expect(made).toBe(1);
  });
});

describe('a batch read', () => {
  test('answers in the order asked for, with gaps, repeats and two tables, in one request', async () => {
    await put(directory, item('a', { at: 'directory' }));
    await put(sessions, item('a', { at: 'sessions' }));
    await put(directory, item('b', { at: 'directory' }));
    const wanted = [
      { table: directory, key: key('b') },
      { table: sessions, key: key('a') },
      { table: directory, key: key('none') },
      { table: directory, key: key('a') },
      { table: directory, key: key('b') },
      { table: sessions, key: key('b') },
    ];
    expect(await batchGet(wanted)).toEqual([
      item('b', { at: 'directory' }),
      item('a', { at: 'sessions' }),
      undefined,
      item('a', { at: 'directory' }),
      item('b', { at: 'directory' }),
      undefined,
    ]);
    expect(reads()).toHaveLength(1);
  });

  test('is strongly consistent in every table', async () => {
    await batchGet([directory, sessions].map((table) => ({ table, key: key('a') })));
    const asked = reads()[0]?.body['RequestItems'] as Record<string, { ConsistentRead: boolean }>;
    expect(Object.values(asked).map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true]);
  });

  test('of nothing asks nobody', async () => {
    expect(await batchGet([])).toEqual([]);
    expect(reads()).toHaveLength(0);
  });

  test('asks again for what was left unprocessed, and for that alone', async () => {
    await put(directory, item('a', { n: 1 }));
    await put(sessions, item('a', { n: 2 }));
    let first = true;
    proxy.inject(({ body }) => {
      if (!first) return undefined;
      first = false;
      const all = body['RequestItems'] as Record<string, unknown>;
      return (answer) => ({
        Responses: { ...(answer['Responses'] as object), [sessions.name]: [] },
        UnprocessedKeys: { [sessions.name]: all[sessions.name] },
      });
    });
    const wanted = [directory, sessions].map((table) => ({ table, key: key('a') }));
    expect(await batchGet(wanted)).toEqual([item('a', { n: 1 }), item('a', { n: 2 })]);
    expect(Object.keys(reads()[1]?.body['RequestItems'] as object)).toEqual([sessions.name]);
  });

  test('never takes what stays unprocessed as absent', async () => {
    proxy.inject(unprocessed);
    await expect(batchGet([{ table: directory, key: key('a') }])).rejects.toMatchObject({
      said: { code: 'temporarily_unavailable' },
    });
    expect(reads()).toHaveLength(3);
  });
});

describe('a condition that does not hold', () => {
  test('is an answer, and leaves the item as it was', async () => {
    await put(directory, item('kept', { n: 1 }));
    const never = { expression: 'n = :n', values: { ':n': 2 } };
    expect(await put(directory, item('kept', { n: 3 }), absent)).toBe(false);
    expect(await deleteIf(directory, key('kept'), never)).toBe(false);
    expect(
      await updateIf(directory, key('kept'), {
        set: { expression: '#n = :new', values: { ':new': 4 }, names: { '#n': 'n' } },
        when: never,
      }),
    ).toBeUndefined();
    expect(await get(directory, key('kept'))).toEqual(item('kept', { n: 1 }));
  });
});

describe('a call that fails', () => {
  const calls: [string, () => Promise<unknown>][] = [
    ['get', () => get(directory, key('a'))],
    ['batchGet', () => batchGet([{ table: directory, key: key('a') }])],
    ['put', () => put(directory, item('a'))],
    ['deleteIf', () => deleteIf(directory, key('a'), { expression: 'attribute_exists(pk)' })],
    ['transact', () => transact([{ table: directory, put: item('a') }])],
  ];
  test.each(calls)('%s: throttled or broken is unavailable, and heals', async (_name, call) => {
    for (const fault of [throttled, broken, 'cut' as const]) {
      proxy.inject(() => fault);
      await expect(call()).rejects.toMatchObject({
        said: { code: 'temporarily_unavailable' },
        status: 503,
      });
    }
    proxy.heal();
    await call();
  });

  test.each(calls)('%s: without permission is a fault of ours', async (_name, call) => {
    proxy.inject(() => denied);
    await expect(call()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each([
    ['ThrottlingException', 400, true],
    ['RequestLimitExceeded', 400, true],
    ['TransactionInProgressException', 400, true],
    ['TransactionConflictException', 400, true],
    ['InternalServerError', 500, true],
    ['TimeoutError', undefined, true],
    ['ValidationException', 400, false],
    ['ResourceNotFoundException', 400, false],
    ['SerializationException', 400, false],
  ])('%s (%s) may pass in a moment: %s', async (name, httpStatusCode, passes) => {
    const error = Object.assign(new Error('x'), { name, $metadata: { httpStatusCode } });
    const thrown = await guard(() => Promise.reject(error)).catch((other: unknown) => other);
    if (passes)
      expect(thrown).toMatchObject({ said: { code: 'temporarily_unavailable' }, cause: error });
    else expect(thrown).toBe(error);
  });
});

test('what cannot even be written down is a fault of ours, never one to try again', async () => {
  const item = { pk: 'a', sk: 'item', number: 1e49 };
  await expect(put(directory, item)).rejects.not.toMatchObject({ said: expect.anything() });
  const marshalling = new Error('Number 1e49 is greater than Number.MAX_SAFE_INTEGER');
  await expect(guard(() => Promise.reject(marshalling))).rejects.toBe(marshalling);
});

describe('what has no key that DynamoDB can hold', () => {
  const set = { expression: 'a = :a', values: { ':a': 1 } };

  test.each(unstorable)('is not there: %s', async (_case, at) => {
    expect(await get(directory, at)).toBeUndefined();
    await put(directory, item('beside'));
    const wanted = [at, key('beside'), at].map((one) => ({ table: directory, key: one }));
    expect(await batchGet(wanted)).toEqual([undefined, item('beside'), undefined]);
    expect(await batchGet([{ table: directory, key: at }])).toEqual([undefined]);
    expect(await updateIf(directory, at, { set, when: absent })).toBeUndefined();
    expect(await deleteIf(directory, at, absent)).toBe(false);
    expect(reads()).toHaveLength(1);
  });

  test.each(unstorable)('lists nothing: %s', async (_case, { pk }) => {
    if (pk === 'a') return;
    const query = { partition: pk, prefix: '' };
    expect(await queryAll(directory, query)).toEqual([]);
    expect(await skipItems(directory, query, 1)).toBeUndefined();
  });

  test('but with as many bytes as it can hold, it is', async () => {
    const longest = { pk: `${'漢'.repeat(682)}ab`, sk: `${'é'.repeat(512)}` };
    await put(directory, { ...longest, a: 1 });
    expect(await get(directory, longest)).toEqual({ ...longest, a: 1 });
  });
});

describe('a stored item that does not fit', () => {
  test('is a fault that names the place, never the value nor the key of a session', () => {
    const stored = { pk: 'user', sk: 'session#hunter2', kind: 'webitel', client: { a: 'hunter2' } };
    expect(() => parseItem(SessionItem, stored)).toThrow(
      /^stored item session is malformed at client$/,
    );
    expect(() => parseItem(SessionItem, { ...stored, kind: 'api-key', client: 'a' })).toThrow(
      /^stored item session is malformed at issuedAt$/,
    );
  });

  test('is never taken for one of another kind: a key without its switch is no sign-in', () => {
    const signIn = { expiresAt: 2, subjectGeneration: 1, domainGeneration: 1 };
    const stored = { sk: 'session#k', kind: 'api-key', client: 'a', issuedAt: 1, ...signIn };
    expect(() => parseItem(SessionItem, stored)).toThrow('malformed at disabled');
    expect(parseItem(SessionItem, { ...stored, kind: 'webitel' })).toMatchObject(signIn);
  });
});
