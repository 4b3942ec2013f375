/** Sign-ins: each that succeeds is told of, refused ones by samples, and nobody waits for the trail. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isTold } from '../../lib/sign-in/tell-refusal.ts';
import type { Event } from '../../lib/store/events/event.ts';
import { instant } from '../../lib/time.ts';
import { addUser } from '../support/actors/people.ts';
import { broken, denied } from '../support/running/proxy.ts';
import { advance, patiently, type Service, startService } from '../support/running/service.ts';
import { eventsIn } from '../support/running/trail.ts';

let service: Service;
beforeAll(async () => {
  service = await startService({ REVEAL_UNKNOWN_USER: 'false' });
});
beforeEach(() => advance(900));
afterEach(() => service.dynamodb.heal());
afterAll(() => service.stop());

let seen = new Set<string>();
/** Since it was asked last. */
async function told(): Promise<Event[]> {
  const events = await eventsIn(service.tables.events);
  const fresh = events.filter(({ id }) => !seen.has(id));
  seen = new Set(events.map(({ id }) => id));
  return fresh;
}
const login = (username: string, password: string, ip = '192.0.2.7') =>
  service.send('POST /login', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    ip,
  });

test('fifty of one user at once all succeed, each with its event', async () => {
  const { id, username } = await addUser(service);
  await told();
  const signIn = () => patiently(() => login(username, 'secret'));
  const answers = await Promise.all(Array.from({ length: 50 }, signIn));
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
  const events = await told();
  expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set([`user/${id}`]));
  const sessions = events.map(({ detail }) => detail?.['sid']);
  expect(new Set(sessions).size).toBe(events.length);
  const keys = answers.map(({ body }) => body['key']);
  // One whose answer was lost on a busy machine has an event as well.
  expect(new Set(keys).difference(new Set(sessions)).size).toBe(0);
});

describe('a refused one', () => {
  test('is told of the 1st, 2nd and 4th time, with the count, and why', async () => {
    const { id, username } = await addUser(service);
    await told();
    for (let tries = 0; tries < 5; tries++) await login(username, 'wrong');
    const events = await told();
    expect(events.map(({ type, target, detail }) => [type, target, detail])).toEqual(
      [1, 2, 4].map((count) => [
        'session.refused',
        id,
        { why: 'wrong_password', how: 'dialect', client: 'webitel', count },
      ]),
    );
  });

  test('is one with a wrong old password too, told of by samples and by whose session it was', async () => {
    const { id, username } = await addUser(service);
    const { token, key } = (await login(username, 'secret')).body;
    await told();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ oldPassword: 'wrong', newPassword: 'another one' });
    for (let tries = 0; tries < 3; tries++)
      await service.send('POST /user/change-password', { headers, body, ip: '192.0.2.7' });
    const events = await told();
    const detail = { why: 'wrong_old_password', how: 'dialect', client: 'webitel' };
    expect(events.map(({ type, target, detail: it }) => [type, target, it])).toEqual(
      [1, 2].map((count) => ['session.refused', id, { ...detail, count }]),
    );
    expect(events[0]?.actor).toMatchObject({ kind: 'user', subject: id, key, ip: '192.0.2.7' });
  });

  test('of a name of nobody says neither the name nor the password', async () => {
    await told();
    await login('my-password-by-mistake', 'the real one');
    const [event] = await told();
    expect(event).toMatchObject({ subject: 'nobody', domain: '', target: '' });
    expect(JSON.stringify(event)).not.toMatch(/mistake|real one/);
  });

  test('costs the same requests for a name of nobody and for a wrong password, each time', async () => {
    const { username } = await addUser(service);
    const costs = async (name: string, ip: string) => {
      const actions: string[][] = [];
      for (let tries = 0; tries < 5; tries++) {
        service.dynamodb.requests.length = 0;
        await login(name, 'wrong', ip);
        actions.push(service.dynamodb.requests.map(({ action }) => action));
      }
      return actions;
    };
    expect(await costs('nobody-of-that-name', '198.51.100.1')).toEqual(
      await costs(username, '198.51.100.2'),
    );
  });

  test('is refused all the same where that cannot be told', async () => {
    const { username } = await addUser(service);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    service.dynamodb.inject(({ action }) => (action === 'TransactWriteItems' ? denied : undefined));
    expect((await login(username, 'wrong')).status).toBe(401);
  });

  test('is a 401 and no 503 where the trail does not answer in time', async () => {
    const { username } = await addUser(service);
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    service.dynamodb.inject(({ action }) => (action === 'TransactWriteItems' ? 'hang' : undefined));
    expect((await login(username, 'wrong')).status).toBe(401);
    expect(error.mock.calls.join()).toContain('TrailLost');
  }, 30_000);

  test('fills no table: a thousand from one address are some hundred events at most', () => {
    const at = (count: number) => ({ count, lastAt: instant(0) });
    let events = 0;
    // Each with a name of its own, so each is the first of its name.
    for (let n = 0; n < 1000; n++) if (isTold(1, [at(0), at(0), at(0), at(n)])) events += 1;
    expect(events).toBeGreaterThan(100);
    expect(events).toBeLessThan(110);
    // And of one name from a thousand addresses.
    let spread = 0;
    for (let n = 0; n < 1000; n++) if (isTold(1, [at(0), at(n), at(0), at(0)])) spread += 1;
    expect(spread).toBeLessThan(60);
  });
});

test('a change is refused where it cannot be told, and signing in is not', async () => {
  const { username } = await addUser(service);
  const { token, key } = await service.login(username);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  service.dynamodb.inject(({ action }) => (action === 'TransactWriteItems' ? broken : undefined));
  const change = await service.send('POST /user/change-password', {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-key': key },
    body: JSON.stringify({ oldPassword: 'secret', newPassword: 'another secret' }),
  });
  expect(change.status).toBe(503);
  expect((await login(username, 'secret')).status).toBe(200);
});
