/**
 * DynamoDB requests and capacity units of each operation of a warm function, counted on the wire.
 *
 * @module
 */
import { claimsOf } from '../test/support/actors/accounts.ts';
import { assignRoles } from '../test/support/actors/people.ts';
import { createKey } from './api-key.ts';
import { authorizerCall, type Credential, issuance, login, logout, revocation } from './events.ts';
import { printTable, type Target } from './report.ts';
import type { Authorizer, Endpoint, Service } from './service.ts';
import { type Exchange, listed, unitsOf } from './wire.ts';

/** US dollars for a million units on demand, us-east-1. */
const PRICE = { read: 0.125, write: 0.625 };
const USER = '200@mydomain.com';
const CALL = 'GET /book/1';

/** `units`: of writes, where they are bounded. */
type Most = { reads: number; writes: number; units?: number };
type Operation = { run: () => Promise<unknown>; most: Most };
/** Of a session and its event, doubled by their transaction, and its entry in its domain's list. */
const SIGN_IN_UNITS = 5;

export async function measureRequests(service: Service): Promise<Target[]> {
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const [name, { run, most }] of Object.entries(await operations(service))) {
    const sent = await service.wire.during(run);
    if (sent.length === 0) throw new Error(`${name}: nothing went over the wire`);
    const [reads, writes] = [sent.filter(isRead), sent.filter((it) => !isRead(it))];
    const units = { read: unitsOf(reads), write: unitsOf(writes) };
    const cost = units.read * PRICE.read + units.write * PRICE.write;
    rows.push([name, listed(sent), `${units.read}`, `${units.write}`, `$${cost.toFixed(3)}`]);
    targets.push(
      { name: `${name}, reads`, measured: reads.length, limit: most.reads },
      { name: `${name}, writes`, measured: writes.length, limit: most.writes },
      ...(most.units === undefined
        ? []
        : [{ name: `${name}, write units`, measured: units.write, limit: most.units }]),
    );
  }
  printTable(['operation', 'DynamoDB requests', 'read units', 'write units', 'a million'], rows);
  return targets;
}

const isRead = ({ action }: Exchange): boolean => /Get|Query|Scan/.test(action);

async function operations(service: Service): Promise<Record<string, Operation>> {
  const [staying, leaving, left] = [
    await service.logIn(USER),
    await service.logIn(USER),
    await service.logIn(USER),
  ];
  const { bundles } = service;
  const functions = {
    login: bundles.load<Endpoint>('login').handler,
    token: bundles.load<Endpoint>('token').handler,
    logout: bundles.load<Endpoint>('logout').handler,
    authorizer: bundles.load<Authorizer>('authorizer').handler,
  };
  const call = ({ token }: Pick<Credential, 'token'> = staying) =>
    functions.authorizer(authorizerCall(CALL, { token }));
  const issue = async () => {
    const { body = '' } = await functions.token(issuance.mluvii(), {});
    return (JSON.parse(body) as { access_token: string }).access_token;
  };
  // Each reads the keys once, and is warm then.
  await service.overWire(async () => {
    await functions.login(login(USER), {});
    await functions.logout(logout(left), {});
    await issue();
    await call();
  });
  const [key, toRevoke] = [await createKey(service, staying), await issue()];
  return {
    'login (Webitel)': {
      run: () => functions.login(issuance.webitel(), {}),
      most: { reads: 3, writes: 1, units: SIGN_IN_UNITS },
    },
    'login (Appmixer)': {
      run: () => functions.login(issuance.appmixer(), {}),
      most: { reads: 3, writes: 1, units: SIGN_IN_UNITS },
    },
    'login (Faveo)': {
      run: () => functions.login(issuance.faveo(), {}),
      most: { reads: 4, writes: 1, units: SIGN_IN_UNITS },
    },
    'client credentials (Mluvii)': { run: issue, most: { reads: 2, writes: 1, units: 2 } },
    'login, wrong password': {
      run: () => functions.login(login(USER, 'guess'), {}),
      // Three counts, and the event of the first.
      most: { reads: 2, writes: 4 },
    },
    'authorized call': { run: call, most: { reads: 1, writes: 0 } },
    // Before its secret is compared, nothing is read that its text chooses.
    'authorized call, API key, first of an instance': {
      run: () => call({ token: key }),
      most: { reads: 2, writes: 1 },
    },
    'authorized call, API key': {
      run: () => call({ token: key }),
      most: { reads: 1, writes: 0 },
    },
    // For the key too: what it names of its owner's roles is as old from then on.
    'authorized call, roles changed since login': {
      run: async () => {
        // The change itself does not go over the counting wire.
        await changeRoles(service, staying);
        return call();
      },
      most: { reads: 2, writes: 0 },
    },
    logout: { run: () => functions.logout(logout(leaving), {}), most: { reads: 0, writes: 1 } },
    'revoke (RFC 7009)': {
      run: () => functions.logout(revocation(toRevoke), {}),
      most: { reads: 3, writes: 1 },
    },
  };
}

async function changeRoles({ tables }: Service, { token }: Credential): Promise<void> {
  await assignRoles(tables.directory, String(claimsOf(token)['sub']), ['admin']);
}
