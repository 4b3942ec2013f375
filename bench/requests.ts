/**
 * DynamoDB requests and capacity units of each operation of a warm function, counted on the wire.
 *
 * @module
 */
import { assignRoles } from '../test/support/people.ts';
import { authorizerCall, type Credential, login, logout } from './events.ts';
import { printTable, type Target } from './report.ts';
import type { Authorizer, Endpoint, Service } from './service.ts';
import type { Exchange } from './wire.ts';

/** US dollars for a million units on demand, us-east-1. */
const PRICE = { read: 0.125, write: 0.625 };
const USER = '200@mydomain.com';
const CALL = 'GET /book/1';

type Operation = { run: () => Promise<unknown>; most: { reads: number; writes: number } };

export async function measureRequests(service: Service): Promise<Target[]> {
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const [name, { run, most }] of Object.entries(await operations(service))) {
    const sent = await service.wire.during(run);
    if (sent.length === 0) throw new Error(`${name}: nothing went over the wire`);
    const [reads, writes] = [sent.filter(isRead), sent.filter((it) => !isRead(it))];
    const units = { read: sum(reads), write: sum(writes) };
    const cost = units.read * PRICE.read + units.write * PRICE.write;
    rows.push([
      name,
      sent.map(({ action }) => action).join(', '),
      `${units.read}`,
      `${units.write}`,
      `$${cost.toFixed(3)}`,
    ]);
    targets.push(
      { name: `${name}, reads`, measured: reads.length, limit: most.reads },
      { name: `${name}, writes`, measured: writes.length, limit: most.writes },
    );
  }
  printTable(['operation', 'DynamoDB requests', 'read units', 'write units', 'a million'], rows);
  return targets;
}

const isRead = ({ action }: Exchange): boolean => /Get|Query|Scan/.test(action);
const sum = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((total, { units }) => total + units, 0);

async function operations(service: Service): Promise<Record<string, Operation>> {
  const [staying, leaving, left] = [
    await service.logIn(USER),
    await service.logIn(USER),
    await service.logIn(USER),
  ];
  const { bundles } = service;
  const functions = {
    login: bundles.load<Endpoint>('login').handler,
    logout: bundles.load<Endpoint>('logout').handler,
    authorizer: bundles.load<Authorizer>('authorizer').handler,
  };
  const call = () => functions.authorizer(authorizerCall(CALL, staying));
  // Each reads the keys once, and is warm then.
  await service.overWire(async () => {
    await functions.login(login(USER), {});
    await functions.logout(logout(left), {});
    await call();
  });
  return {
    login: { run: () => functions.login(login(USER), {}), most: { reads: 3, writes: 1 } },
    'login, wrong password': {
      run: () => functions.login(login(USER, 'guess'), {}),
      most: { reads: 3, writes: 0 },
    },
    'authorized call': { run: call, most: { reads: 1, writes: 0 } },
    'authorized call, roles changed since login': {
      run: async () => {
        // The change itself does not go over the counting wire.
        await changeRoles(service, staying);
        return call();
      },
      most: { reads: 2, writes: 0 },
    },
    logout: { run: () => functions.logout(logout(leaving), {}), most: { reads: 0, writes: 1 } },
  };
}

async function changeRoles({ directory }: Service, { token }: Credential): Promise<void> {
  const [, payload = ''] = token.split('.');
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string };
  await assignRoles(directory, sub, ['admin']);
}
