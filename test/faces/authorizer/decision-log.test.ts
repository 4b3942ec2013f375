/**
 * What the authorizer logs of its decisions. Real handler, real store, standing clock; nothing patched but
 * where the lines go.
 */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { matchesPattern } from '../../../dev/cloudwatch/filter-pattern.ts';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { addUser } from '../../support/actors/people.ts';
import {
  connectCall,
  fieldsCall,
  httpCall,
  httpV1Call,
  restCall,
  sentBy,
  tokenCall,
} from '../../support/calls/events.ts';
import {
  advance,
  type Credential,
  coldStart,
  type Service,
  startService,
} from '../../support/running/service.ts';

const USER = '200@mydomain.com';
let service: Service;
let session: Credential;
let subject: string;
beforeAll(async () => {
  service = await startService({ API_ANSWERS: 'kept=300', METRIC_NAMESPACE: 'latchkey-test' });
  session = await service.login(USER);
  subject = (await findUserId(service.tables.directory, USER)) ?? '';
});
afterAll(() => service.stop());

let written: string[] = [];
beforeEach(() => {
  written = [];
  for (const level of ['info', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void written.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Line = Record<string, unknown>;
const all = (): Line[] => written.map((line) => JSON.parse(line) as Line);
const decisions = (): Line[] => all().filter(({ code }) => code !== 'metrics');
const ask = (event: unknown, by = service) => by.authorizer(event as never).catch(() => undefined);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A token whose payload says this, and whose signature nobody made. */
const forged = (claims: object) =>
  ['{"alg":"ES256","typ":"at+jwt"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

describe('a refused call', () => {
  test('is one line that says who, where, on what, why, and how long it took', async () => {
    await ask(httpCall('DELETE /cdr/1?token=in-the-query', bearer(session.token)));
    expect(decisions()).toEqual([
      {
        ...{ level: 'info', code: 'forbidden', function: 'authorizer', requestId: 'request-1' },
        ...{ key: session.key, subject, client: 'webitel', domain: 'mydomain.com' },
        ...{ api: 'api123', stage: '$default', address: '192.0.2.1', mode: 'strict' },
        ...{ rule: 'path-of-no-resource', reason: 'no registered resource covers the path' },
        ms: expect.any(Number),
      },
    ]);
    written = [];
    await ask(httpCall('DELETE /cdr/1', bearer(session.token)));
    expect(decisions()).toMatchObject([
      {
        ...{ rule: 'letter-not-held', resource: 'cdr', letter: 'd' },
        reason: 'the caller does not hold d on cdr',
      },
    ]);
  });

  test('names the API, and the address where its kind of event has one', async () => {
    const sent = bearer(session.token);
    const identity = { identity: { sourceIp: '192.0.2.7' }, requestId: 'request-7' };
    await ask({ ...restCall('DELETE /cdr/1', sent), requestContext: identity });
    await ask(tokenCall('DELETE /cdr/1', `Bearer ${session.token}`));
    await ask(httpV1Call('DELETE /cdr/1', sent));
    await ask(connectCall(sent, {}, 'nowhere'));
    await ask(fieldsCall('mutation { remove }', session.token));
    await ask(sentBy('kept', tokenCall('DELETE /cdr/1', `Bearer ${session.token}`)));
    await ask(sentBy('kept', fieldsCall('mutation { remove }', session.token)));
    expect(
      decisions().map((one) => [one['api'], one['stage'], one['address'], one['mode']]),
    ).toEqual([
      ['api123', 'dev', '192.0.2.7', 'strict'],
      ['api123', 'dev', undefined, 'strict'],
      ['api123', '$default', undefined, 'strict'],
      ['api123', 'nowhere', undefined, 'strict'],
      ['api123', undefined, undefined, 'strict'],
      ['kept', 'dev', undefined, 'kept'],
      ['kept', undefined, undefined, 'kept'],
    ]);
    expect(decisions().every(({ code }) => code === 'forbidden')).toBe(true);
  });

  test('took as long as it did, however long its instance has been there', async () => {
    const { authorizer } = await coldStart();
    await authorizer(httpCall('GET /cdr', bearer(session.token)) as never);
    advance(3600);
    written = [];
    const answer = await authorizer(httpCall('GET /cdr', bearer(session.token)) as never);
    for (const headers of [{}, bearer(session.token)])
      await authorizer(httpCall('DELETE /cdr/1', headers) as never).catch(() => undefined);
    const { context } = answer as { context: Record<string, string> };
    const told = [context['authorizerMs'], ...decisions().map(({ ms }) => ms)].map(Number);
    expect(told).toHaveLength(3);
    for (const ms of told) expect(ms).toBeLessThan(1_800_000);
    advance(-3600);
  });

  test('of nobody has no id at all', async () => {
    await ask(httpCall('GET /cdr', {}));
    expect(decisions()).toEqual([
      {
        ...{ level: 'info', code: 'unauthenticated', function: 'authorizer' },
        ...{ requestId: 'request-1', api: 'api123', stage: '$default', address: '192.0.2.1' },
        ...{ mode: 'strict', rule: 'no-credential', reason: 'no credential' },
        ms: expect.any(Number),
      },
    ]);
  });

  test('that a policy cannot name says so, though the caller may make it', async () => {
    await ask(restCall('GET /cdr/a*b', bearer(session.token)));
    expect(decisions()).toMatchObject([{ code: 'forbidden', rule: 'path-not-nameable' }]);
  });

  test('with a proven credential that is dead names its ids as proven', async () => {
    const { username } = await addUser(service, { roles: ['user'] });
    const ended = await service.login(username);
    await service.logout(ended);
    written = [];
    await ask(httpCall('GET /cdr', bearer(ended.token)));
    expect(decisions()).toMatchObject([
      {
        ...{ code: 'unauthenticated', rule: 'session-not-live', reason: 'the session has ended' },
        ...{ key: ended.key, domain: 'mydomain.com' },
      },
    ]);
    expect(decisions()[0]).not.toHaveProperty('claimed');
  });
});

describe('what is not proven', () => {
  const claimedIn = async (token: string) => {
    await ask(httpCall('GET /cdr', bearer(token)));
    const [line] = decisions();
    expect(line).toMatchObject({ code: 'unauthenticated', rule: 'credential-not-valid' });
    for (const id of ['key', 'subject', 'client', 'domain']) expect(line).not.toHaveProperty(id);
    return line?.['claimed'] as Record<string, string>;
  };

  test('is logged as claimed', async () => {
    const claims = { sid: 'key-1', sub: 'subject-1', client_id: 'app', domain: 'mydomain.com' };
    expect(await claimedIn(forged({ ...claims, secret: 'no' }))).toEqual({
      ...{ key: 'key-1', subject: 'subject-1', client: 'app', domain: 'mydomain.com' },
    });
  });

  test('is cut to 64 characters, and none of them moves a terminal', async () => {
    const claimed = await claimedIn(
      forged({ sid: 'x'.repeat(9000), sub: '\u001b[2J\u202e=cmd|', client_id: {}, domain: '' }),
    );
    expect(claimed).toEqual({ key: 'x'.repeat(64), subject: '??2j??cmd?' });
  });

  test.each(['lk_', 'lk_aGFsZg', 'a.b.c', 'a.e30.c', 'a.bnVsbA.c', 'a.W10.c', 'a'])(
    'may be nothing: %s',
    async (token) => expect(await claimedIn(token)).toEqual({}),
  );

  test('an API key with another secret names whom it claims, and not the secret', async () => {
    const id = Buffer.from('key-9 owner-9 mydomain.com ').toString('base64url');
    const secret = 'S'.repeat(49);
    expect(await claimedIn(`lk_${id}_${secret}`)).toEqual({
      ...{ key: 'key-9', subject: 'owner-9', domain: 'mydomain.com' },
    });
    expect(written.join()).not.toContain('SSS');
  });

  test('cannot set an alarm off', async () => {
    const [, pattern = ''] =
      /FilterPattern: '(.+)'$/m.exec(readFileSync('infra/alarms.yml', 'utf8')) ?? [];
    const words = [...pattern.matchAll(/\?"?([^"?]+?)"?(?= \?|$)/g)].map(([, word = '']) => word);
    expect(words.length).toBeGreaterThan(4);
    for (const word of words) {
      expect(matchesPattern(pattern, word)).toBe(true);
      await ask(httpCall('GET /cdr', bearer(forged({ sub: word, sid: word, domain: word }))));
    }
    expect(written.filter((line) => matchesPattern(pattern, line))).toEqual([]);
  });
});

test('no line holds a credential, a path, a query or a header', async () => {
  const secrets = ['hidden-in-path', 'hidden-in-query', 'hidden-in-header'];
  const event = httpCall('DELETE /cdr/hidden-in-path', {
    ...bearer(session.token),
    'x-other': 'hidden-in-header',
  });
  await ask({ ...event, rawQueryString: 'a=hidden-in-query' });
  await ask(httpCall('GET /cdr', bearer(`${session.token}x`)));
  expect(decisions()).toHaveLength(2);
  for (const secret of [...secrets, session.token, session.token.split('.')[1] ?? ''])
    expect(written.join('\n')).not.toContain(secret);
});

describe('allowed calls', () => {
  const call = () => httpCall('GET /cdr', bearer(session.token));
  const linesOf = async (percent: string, calls: number) => {
    process.env['LOG_ALLOWED_PERCENT'] = percent;
    const started = await coldStart();
    for (let times = 0; times < calls; times++) await started.authorizer(call() as never);
    return decisions();
  };
  afterAll(() => {
    delete process.env['LOG_ALLOWED_PERCENT'];
  });

  test('have no line, unless it is asked for', async () => {
    expect(await linesOf('0', 20)).toEqual([]);
  });

  test('have one each at 100 %', async () => {
    const lines = await linesOf('100', 5);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatchObject({
      ...{ code: 'allowed', key: session.key, subject, resource: 'cdr', letter: 'r' },
      ...{ api: 'api123', address: '192.0.2.1', mode: 'strict', ms: expect.any(Number) },
    });
    expect(lines[0]).not.toHaveProperty('reason');
  });

  test('have a share of lines between', async () => {
    const { length } = await linesOf('50', 60);
    expect(length).toBeGreaterThan(5);
    expect(length).toBeLessThan(55);
  });

  test.each(['-1', '101', '100.5', 'all', '1e1'])(
    'a share of %s stops the function',
    async (it) => {
      process.env['LOG_ALLOWED_PERCENT'] = it;
      await expect(coldStart()).rejects.toThrow(/LOG_ALLOWED_PERCENT/);
      delete process.env['LOG_ALLOWED_PERCENT'];
    },
  );
});

describe('a flood of refused calls', () => {
  test('writes at most 100 lines a second, says how many more there were, and counts all', async () => {
    const { authorizer } = await coldStart();
    const refused = httpCall('GET /cdr', {});
    const flood = async (calls: number) => {
      for (let times = 0; times < calls; times++)
        await authorizer(refused as never).catch(() => undefined);
    };
    await flood(150);
    // However long that took, each second of it had its hundred.
    const seconds = Math.ceil(decisions().length / 100);
    expect(decisions().length).toBeLessThanOrEqual(100 * (seconds + 1));
    advance(60);
    await flood(1);
    const withheld = decisions().reduce((sum, { withheld: more = 0 }) => sum + Number(more), 0);
    expect(decisions().length + withheld).toBe(151);
    const counted = all().reduce((sum, { Refused: more = 0 }) => sum + Number(more), 0);
    expect(counted).toBe(151);
  });
});

describe('the metrics of decisions', () => {
  test('have the function and the rule as dimensions, and no id of anybody', async () => {
    const { authorizer } = await coldStart();
    await authorizer(httpCall('GET /cdr', bearer(session.token)) as never);
    advance(60);
    await authorizer(httpCall('DELETE /cdr/1', bearer(session.token)) as never);
    const lines = all().filter(({ code }) => code === 'metrics');
    const dimensions = lines.flatMap(
      ({ _aws }) =>
        (_aws as { CloudWatchMetrics: { Dimensions: string[][] }[] }).CloudWatchMetrics[0]
          ?.Dimensions ?? [],
    );
    expect(dimensions).toEqual([['function'], ['function'], ['function', 'rule']]);
    // The first call of an instance reads the manifest once more, with what it names.
    expect(lines[0]).toMatchObject({ Allowed: 1, SharedItemReads: 2, function: 'authorizer' });
    expect(lines[2]).toMatchObject({ Refused: 1, rule: 'letter-not-held' });
    expect(lines[0]).toMatchObject({
      Milliseconds: [expect.any(Number)],
      DynamoDbMilliseconds: [expect.any(Number), expect.any(Number)],
    });
    for (const id of [session.key, subject, 'mydomain.com'])
      expect(JSON.stringify(lines)).not.toContain(id);
  });
});
