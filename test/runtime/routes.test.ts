/** Every route, served by the zip of the function that has it, on AWS's own runtime. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apisOf } from '../../dev/gateway/apis.ts';
import { type EmulatedService, type Invocation, startEmulatedService } from './emulated-service.ts';
import { ACCOUNT } from './routes/account.ts';
import { ADMIN } from './routes/admin.ts';
import { CONSOLE } from './routes/console.ts';
import { INSPECT, PUBLIC, REVOKE, TOKEN } from './routes/oauth.ts';
import { CHOOSE_PAGES, SIGN_IN_PAGES, SIGN_OUT_PAGES } from './routes/pages.ts';
import { RECOVERY } from './routes/recovery.ts';
import { SIGN_IN } from './routes/sign-in.ts';
import { USERS } from './routes/users.ts';
import { LOG_OUT, WEBITEL } from './routes/webitel.ts';
import type { Case, Kept } from './tries.ts';

/** In the order of a visit: later calls need what earlier ones gave. */
const TRIES = [
  ...PUBLIC,
  ...SIGN_IN,
  ...USERS,
  ...RECOVERY,
  ...WEBITEL,
  ...ADMIN,
  ...SIGN_IN_PAGES,
  ...TOKEN,
  ...INSPECT,
  ...CHOOSE_PAGES,
  ...ACCOUNT,
  ...REVOKE,
  ...LOG_OUT,
  ...SIGN_OUT_PAGES,
];

const faultsIn = (log: string[]) => log.filter((line) => line.includes('"level":"error"'));

let service: EmulatedService;
const kept: Kept = new Map();

beforeAll(async () => {
  service = await startEmulatedService();
}, 120_000);
afterAll(() => service.stop());

type Send = EmulatedService['send'];
async function take(route: string, { status, call, keep }: Case, send: Send): Promise<void> {
  const { target, ...sent } = call?.(kept) ?? {};
  const [method, path] = route === '$default' ? ['GET'] : route.split(' ');
  const answer = await send(`${method} ${target ?? path}`, sent);
  expect(answer.status, answer.text).toBe(status);
  keep?.(answer, kept);
}

test('each route of the template is tried, once', () => {
  const routes = apisOf(service.stack).map((api) =>
    api
      .ofType('AWS::ApiGatewayV2::Route')
      .map((id) => String(api.properties(id)['RouteKey']))
      // HEAD is GET without what it shows (lib/http/endpoint.ts).
      .filter((route) => !route.startsWith('HEAD '))
      .sort(),
  );
  expect([TRIES, CONSOLE].map((tries) => tries.map(({ route }) => route).sort())).toEqual(routes);
});

describe.each(TRIES)('$route', ({ route, good, bad }) => {
  test('answers a call as it should', () => take(route, good, service.send));
  if (bad) test('refuses another', () => take(route, bad, service.send));
});

describe.each(CONSOLE)('$route of the console', ({ route, good, bad }) => {
  test('answers a call as it should', () => take(route, good, service.sendToConsole));
  if (bad) test('refuses another', () => take(route, bad, service.sendToConsole));
});

describe('afterwards', () => {
  /** What an authorizer has to throw for a 401. */
  const isRefusal = ({ error }: Invocation) => error?.message === 'Unauthorized';

  test('no function has failed', () => {
    const failed = service.invocations.filter(({ error }) => error);
    expect(failed.filter((invocation) => !isRefusal(invocation))).toEqual([]);
  });

  test('none has logged a fault', async () => {
    for (const { name, emulated } of await service.started())
      expect(faultsIn(emulated.log()), name).toEqual([]);
  });

  test('none has held more memory than it is given', async () => {
    for (const { name, emulated, definition } of await service.started()) {
      const peak = emulated.process()?.peakMemory;
      // Less is not the process of a function.
      expect(peak, name).toBeGreaterThan(20);
      expect(peak, name).toBeLessThan(definition.MemorySize);
    }
  });
});
