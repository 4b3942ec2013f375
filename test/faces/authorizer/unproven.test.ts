/** What an anonymous caller can make the authorizer read. */
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeApiKey } from '../../../lib/guard/api-key.ts';
import { createApiKey } from '../../../lib/manage/keys/create.ts';
import { instant } from '../../../lib/time.ts';
import { identify, PROVEN } from '../../../lib/verdict/judge.ts';
import { claimsOf } from '../../support/actors/accounts.ts';
import { assemble, type Forgery, forge } from '../../support/actors/tokens.ts';
import { httpCall } from '../../support/calls/events.ts';
import {
  bearer,
  type Credential,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let session: Credential;
beforeAll(async () => {
  service = await startService();
  session = await service.login('200@mydomain.com');
  await service.call(session, 'GET /cdr');
});
afterAll(() => service.stop());

const ROLES = Array.from({ length: 200 }, (_, index) => index.toString(36));
/** The most that is read of what nobody has proven. */
const MOST = 8;

type Asked = Record<string, { Keys: { pk: { S: string }; sk: { S: string } }[] }>;
/** The keys of every item asked for, in all requests. */
async function readDuring(run: () => Promise<unknown>): Promise<string[]> {
  service.dynamodb.requests.length = 0;
  await run();
  return service.dynamodb.requests.flatMap(({ action, body }) => {
    if (action === 'UpdateItem') return [];
    expect(action).toBe('BatchGetItem');
    const asked = body['RequestItems'] as Asked;
    return Object.values(asked).flatMap(({ Keys }) => Keys.map(({ pk, sk }) => `${pk.S} ${sk.S}`));
  });
}
const use = (token: string, headers: Record<string, string> = { 'x-api-key': token }) =>
  service.decide(httpCall('GET /cdr', headers));

/** Whoever knows the format can get the checksum right (docs/api-keys.md). */
function invented(id: string, secret = '0'.repeat(43)): string {
  const text = `lk_${Buffer.from(id).toString('base64url')}_${secret}`;
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let check = '';
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / 62))
    check = digits[rest % 62] + check;
  return text + check.padStart(6, '0');
}
const ownId = () => String(claimsOf(session.token)['sub']);

describe('an invented API key', () => {
  test.each<[string, () => string]>([
    ['with one role', () => 'key-x nobody mydomain.com user'],
    ['with two hundred role names', () => `key-x nobody mydomain.com ${ROLES.join(',')}`],
    ['with real role names', () => 'key-x nobody mydomain.com root,admin,user,super,viewer'],
    ['that names a real user', () => `key-x ${ownId()} mydomain.com ${ROLES.join(',')}`],
    ["that names a real user's session", () => `${session.key} ${ownId()} mydomain.com user`],
    ['of a domain', () => 'key-x domain%23mydomain.com mydomain.com user,admin'],
    ['that names the registry for its owner', () => 'x keys mydomain.com user'],
    ['within another session', () => `a~b~c nobody mydomain.com ${ROLES.join(',')}`],
    ['with names that no key can have', () => 'key-x nobody mydomain.com %00,%00'],
    ['with a domain of a thousand bytes', () => `k n ${'d'.repeat(700)} r`],
  ])('A9: %s is a few reads, and none of what others share', async (_case, id) => {
    const read = await readDuring(async () =>
      expect(await use(invented(id()))).toEqual({ status: 401 }),
    );
    expect(read.length).toBeLessThanOrEqual(MOST);
    for (const key of read) expect(key).not.toMatch(/^(role#|domain#\S* domain$|resources)/);
  });

  test('A9: is no more at the hundredth time, wherever it is sent', async () => {
    const id = `key-x ${ownId()} mydomain.com ${ROLES.join(',')}`;
    const read = await readDuring(async () => {
      for (let times = 0; times < 50; times++) {
        await use(invented(id));
        await use('', { authorization: `Bearer ${invented(id)}` });
      }
    });
    expect(read.length / 100).toBeLessThanOrEqual(MOST);
  });

  test("A9: with a real key's id and another secret reads as little, before and after that one", async () => {
    const { text, name, hints } = await realKey();
    const wrong = makeApiKey({ name, hints }).text;
    const readsOf = async () => (await readDuring(() => use(wrong))).length;
    expect(await readsOf()).toBeLessThanOrEqual(3);
    expect((await use(text)).status).toBe(200);
    expect(await readsOf()).toBeLessThanOrEqual(3);
    expect((await use(text)).status).toBe(200);
  });
});

describe('a real API key', () => {
  test('A9: is two requests when an instance first meets it, then one', async () => {
    const { text } = await realKey();
    const requests = async () => {
      service.dynamodb.requests.length = 0;
      expect((await use(text)).status).toBe(200);
      return service.dynamodb.requests.map(({ action }) => action);
    };
    expect(await requests()).toEqual(['BatchGetItem', 'BatchGetItem', 'UpdateItem']);
    expect(await requests()).toEqual(['BatchGetItem']);
  });

  test('A9: with two hundred roles for hints reads those of its owner, the first time', async () => {
    const { text, name, hints } = await realKey();
    const id = [name.key, name.subject, hints.domain, ROLES.join(',')].join(' ');
    const other = invented(id, text.slice(-49, -6));
    const read = await readDuring(async () => expect((await use(other)).status).toBe(200));
    expect(read.filter((key) => key.startsWith('role#')).length).toBeLessThanOrEqual(4);
  });
});

async function realKey() {
  const claims = claimsOf(session.token) as { sub: string; domain: string; roles: string[] };
  const hints = { domain: claims.domain, roles: claims.roles };
  const name = { subject: claims.sub, key: session.key };
  const now = instant(Math.floor(Date.now() / 1000));
  const live = await identify(service.tables, { name, hints, secret: PROVEN }, now);
  if (live.status === 'dead') throw new Error(live.reason);
  const made = await createApiKey(
    service.tables,
    live.caller,
    { owner: claims.sub, name: 'test' },
    now,
  );
  return { ...made, hints };
}

describe('a token that is none of ours', () => {
  const claims = () => claimsOf(session.token);
  const signed = (change: Forgery) => () => forge(service, session.token, change);
  test.each<[string, () => string | Promise<string>]>([
    ['another type', signed({ header: { typ: 'logout+jwt' } })],
    ['another algorithm', () => assemble({ alg: 'HS256', kid: 'x' }, claims(), 'x')],
    ['no algorithm', () => assemble({ alg: 'none' }, claims())],
    ['an unknown key', () => assemble({ alg: 'ES256', kid: 'nobody' }, claims(), 'x')],
    ['a critical extension', () => assemble({ alg: 'ES256', crit: ['x'] }, claims(), 'x')],
    ['another issuer', signed({ claims: { iss: 'https://other.example' } })],
    ['another audience', signed({ claims: { aud: 'https://other.example' } })],
    ['an expiry that is past', signed({ claims: { exp: 1 } })],
    ['two thousand roles', signed({ claims: { roles: Array(2000).fill('user') } })],
  ])('A9: with %s is no read at all', async (_case, forged) => {
    const token = await forged();
    const read = await readDuring(async () =>
      expect(await use('', bearer({ token, key: '' }))).toEqual({ status: 401 }),
    );
    expect(read).toEqual([]);
  });
});
