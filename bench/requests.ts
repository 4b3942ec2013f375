/**
 * DynamoDB requests and capacity units of each operation of a warm function, counted on the wire.
 *
 * @module
 */
import { editRole } from '../lib/manage/roles/edit.ts';
import { readAllRoles } from '../lib/store/directory/roles.ts';
import { claimsOf } from '../test/support/actors/accounts.ts';
import { createHotKey, createKey } from './api-key.ts';
import { type Counted, EXPECTED } from './counts.ts';
import { authorizerCall, type Credential, issuance, login, logout, revocation } from './events.ts';
import { costOf, OTHERS } from './prices.ts';
import { printTable, type Target } from './report.ts';
import type { Authorizer, Endpoint, Service } from './service.ts';
import { type Exchange, listed, unitsOf } from './wire.ts';

const USER = '200@mydomain.com';
const CALL = 'GET /book/1';

/** `units`: that DynamoDB bills. */
type Seen = Counted & { sent: string };

export async function measureRequests(service: Service): Promise<Target[]> {
  const seen = await countRequests(service);
  const rows = Object.entries(seen).map(([name, { sent, units }]) => [
    name,
    sent,
    `${units.read}`,
    `${units.write}`,
    `$${costOf(units).toFixed(3)}`,
  ]);
  printTable(['operation', 'DynamoDB requests', 'read units', 'write units', 'a million'], rows);
  console.log();
  printTable(['at list price', 'a million', 'as of', 'source'], OTHERS);
  return Object.entries(EXPECTED).flatMap(([name, { requests, units }]) => [
    { name: `${name}, requests`, measured: seen[name]?.requests ?? Number.NaN, limit: requests },
    {
      name: `${name}, read units`,
      measured: seen[name]?.units.read ?? Number.NaN,
      limit: units.read,
    },
    {
      name: `${name}, write units`,
      measured: seen[name]?.units.write ?? Number.NaN,
      limit: units.write,
    },
  ]);
}

/** What goes over the wire in each operation of a warm function. */
export async function countRequests(service: Service): Promise<Record<string, Seen>> {
  const seen: Record<string, Seen> = {};
  for (const [name, run] of Object.entries(await operations(service))) {
    const sent = await service.wire.during(run);
    if (sent.length === 0) throw new Error(`${name}: nothing went over the wire`);
    const [reads, writes] = [sent.filter(isRead), sent.filter((it) => !isRead(it))];
    const units = { read: unitsOf(reads), write: unitsOf(writes) };
    seen[name] = { requests: sent.length, units, sent: listed(sent) };
  }
  return seen;
}

const isRead = ({ action }: Exchange): boolean => /Get|Query|Scan/.test(action);

type Operation = () => Promise<unknown>;

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
  const hot = await createHotKey(service, await service.logIn('200@mydomain.com'), 8);
  // Each reads the keys once, and is warm then.
  await service.overWire(async () => {
    await functions.login(login(USER), {});
    await functions.logout(logout(left), {});
    await issue();
    await call();
    // The first finds out how many copies there are.
    await call({ token: hot });
  });
  const [key, toRevoke] = [await createKey(service, staying), await issue()];
  return {
    'login (Webitel)': () => functions.login(issuance.webitel(), {}),
    'login (Appmixer)': () => functions.login(issuance.appmixer(), {}),
    'login (Faveo)': () => functions.login(issuance.faveo(), {}),
    'client credentials (Mluvii)': issue,
    'login, wrong password': () => functions.login(login(USER, 'guess'), {}),
    'authorized call': () => call(),
    'authorized call, API key, first of an instance': () => call({ token: key }),
    'authorized call, API key': () => call({ token: key }),
    'authorized call, API key in 8 copies': () => call({ token: hot }),
    'authorized call, first after an edit of a role': async () => {
      // The edit itself does not go over the counting wire.
      await editRoleOf(service, staying);
      return call();
    },
    logout: () => functions.logout(logout(leaving), {}),
    'revoke (RFC 7009)': () => functions.logout(revocation(toRevoke), {}),
  };
}

/** Takes the letter away that nobody has asked for yet. */
async function editRoleOf({ tables }: Service, { token }: Credential): Promise<void> {
  const [name = ''] = claimsOf(token)['roles'] as string[];
  const { roles } = await readAllRoles(tables.directory);
  const role = roles.find((one) => one.name === name);
  if (!role) throw new Error(`there is no role ${name}`);
  await editRole(tables.directory, { ...role, acl: { ...role.acl, cdr: [] } });
}
