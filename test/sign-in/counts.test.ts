/** What the stage's metric filters (infra/metrics.yml) count of sign-ins, over the lines of the functions. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { matchesPattern } from '../../dev/cloudwatch/filter-pattern.ts';
import { DEMO, requestToken } from '../support/actors/clients.ts';
import { addUser } from '../support/actors/people.ts';
import { advance, type Service, startService } from '../support/running/service.ts';
import { openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

type Filter = {
  LogGroupName: string;
  FilterPattern: string;
  MetricTransformations: { MetricName: string; Dimensions?: { Key: string; Value: string }[] }[];
};
const { Resources } = parse(readFileSync('infra/metrics.yml', 'utf8'), { logLevel: 'silent' }) as {
  Resources: Record<string, { Properties: Filter }>;
};
const FILTERS = Object.values(Resources).map(({ Properties }) => Properties);

let service: Service;
let username: string;
let lines: string[];
beforeAll(async () => {
  service = await startService({ FAVEO_ERRORS_AS_200: 'true' });
  await addWebClient(service, { id: 'counted', consent: 'never' });
});
beforeEach(async () => {
  advance(900);
  ({ username } = await addUser(service, { activated: true }));
  lines = [];
  vi.spyOn(console, 'info').mockImplementation((line) => void lines.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => service.stop());

/** Of a function's log: `SignedIn POST /login`. */
function countedIn(group: string): string[] {
  const found = FILTERS.filter(({ LogGroupName }) => LogGroupName === group);
  expect(found.length).toBeGreaterThan(0);
  return lines.flatMap((line) =>
    found
      .filter(({ FilterPattern }) => matchesPattern(FilterPattern, line))
      .flatMap(({ MetricTransformations }) => MetricTransformations)
      .map(({ MetricName, Dimensions = [] }) =>
        [MetricName, ...Dimensions.map(({ Value }) => JSON.parse(line)[Value.slice(2)])].join(' '),
      ),
  );
}
const refusedAt = (door: string) => [...guessedAt(door), 'HashMilliseconds'];
const guessedAt = (door: string) => [`NotSignedIn ${door}`, 'SignInsRefused'];
const json = (body: object) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const atPage = async (password: string) => {
  const browser = openBrowser(service);
  const page = await browser.authorize(requestOf('counted'));
  return browser.post(page, { username, password });
};

describe.each(['POST /login', 'POST /user/auth', 'POST /api/v1/authenticate'])('%s', (door) => {
  const signIn = (password: string) => service.send(door, json({ username, password }));

  test('a user who was let in counts once, by this door', async () => {
    await signIn('secret');
    expect(countedIn('LoginLogGroup')).toEqual([`SignedIn ${door}`, 'HashMilliseconds']);
  });

  test('a wrong password is no sign-in, whatever its status, and counts as refused', async () => {
    await signIn('wrong');
    expect(countedIn('LoginLogGroup')).toEqual(refusedAt(door));
  });

  test('what cannot be read counts as neither', async () => {
    await service.send(door, json({}));
    expect(countedIn('LoginLogGroup')).toEqual([]);
  });
});

describe('the page', () => {
  const DOOR = 'POST /oauth/login';

  test('a user who was let in counts once, by this door', async () => {
    expect((await atPage('secret')).status).toBe(303);
    expect(countedIn('SigninLogGroup')).toEqual([`SignedIn ${DOOR}`, 'HashMilliseconds']);
  });

  test('a wrong password is answered with 303 too, is no sign-in, and counts as refused', async () => {
    expect((await atPage('wrong')).status).toBe(303);
    expect(countedIn('SigninLogGroup')).toEqual(refusedAt(DOOR));
  });

  test('who has to wait counts as refused, though the password was right', async () => {
    for (let tries = 0; tries < 6; tries++) await atPage('wrong');
    lines.length = 0;
    await atPage('secret');
    expect(countedIn('SigninLogGroup')).toEqual(guessedAt(DOOR));
  });

  test('who goes away without signing in counts as neither', async () => {
    const browser = openBrowser(service);
    await browser.post(await browser.authorize(requestOf('counted')), { action: 'cancel' });
    expect(countedIn('SigninLogGroup')).toEqual([]);
  });

  test('each line has the id by which its caller asks', async () => {
    await atPage('wrong');
    const refused = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'info');
    expect(refused).toContainEqual(
      expect.objectContaining({ code: 'invalid_credentials', requestId: expect.any(String) }),
    );
  });
});

describe('the token endpoint', () => {
  test('a client with a wrong secret is among the refused, and no user who signs in', async () => {
    const answer = await requestToken(service, { ...DEMO, secret: 'wrong' });
    expect(answer.status).toBe(401);
    expect(countedIn('TokenLogGroup')).toEqual(['SignInsRefused']);
  });

  test('a client that gets a token is not', async () => {
    expect((await requestToken(service, DEMO)).status).toBe(200);
    expect(countedIn('TokenLogGroup')).toEqual([]);
  });
});
