/**
 * What an administrator waits for in a large directory against a small one: requests, units and time
 * that do not grow with it.
 *
 * What is called is what the endpoints call; the guard in front of them is not in it.
 *
 * @module
 */

import type { Administrator } from '../lib/authority/reach.ts';
import type { Tables } from '../lib/aws/tables.ts';
import { pageOfUsers } from '../lib/manage/users/list.ts';
import { countMatching, searchUsers } from '../lib/manage/users/search.ts';
import { findUserId } from '../lib/store/directory/login-owners.ts';
import { subjectKey } from '../lib/store/directory/subjects.ts';
import { readUser, userList } from '../lib/store/directory/users.ts';
import { pageOfSignIns } from '../lib/store/sessions/sign-ins.ts';
import { instant } from '../lib/time.ts';
import { EVERYTHING } from '../lib/verdict/power.ts';
import { DOMAIN, idOf, nameOf, populate, SESSIONS_OF_FIRST } from './populate.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Service } from './service.ts';
import { type Call, compareInTurns } from './statistics.ts';
import { createTables } from './tables.ts';
import { listed, unitsOf } from './wire.ts';

const [SMALL, LARGE] = [1000, 100_000];
const PAGE = 50;
const PACE = { warmUp: 10, blocks: 8, callsABlock: 10 };
/** A list that were read from its start would be a hundred times as slow. */
const LIMIT = 2;

type Operation = {
  /** @returns What it read, to be compared with `expected`. */
  run: (tables: Tables, users: number) => Promise<unknown>;
  expected: (users: number) => unknown;
};

/** Of the whole domain. */
const ADMINISTRATOR: Administrator = {
  caller: {
    subject: {
      kind: 'user',
      id: 'administrator',
      username: 'administrator',
      roles: ['admin'],
      domain: DOMAIN,
      disabled: false,
      generation: 1,
    },
    session: {
      kind: 'appmixer',
      client: 'appmixer',
      issuedAt: instant(0),
      expiresAt: instant(0),
      subjectGeneration: 1,
      domainGeneration: 1,
    },
    key: 'key',
    roles: ['admin'],
    grant: () => 'all',
    power: EVERYTHING,
    sinceSignIn: undefined,
  },
  permission: { own: false },
};

const pageFrom = (start: (users: number) => number): Operation => ({
  run: async ({ directory }, users) => {
    const first = start(users);
    const position = first === 0 ? undefined : { list: userList(DOMAIN), after: keysOf(first - 1) };
    const { items } = await pageOfUsers(directory, ADMINISTRATOR, { limit: PAGE, position });
    return [items.length, items[0]?.username];
  },
  expected: (users) => [PAGE, nameOf(start(users))],
});

const keysOf = (place: number) => ({
  ...subjectKey(idOf(place)),
  list: userList(DOMAIN),
  listSort: nameOf(place),
});

const OPERATIONS: Record<string, Operation> = {
  [`list of users, first page of ${PAGE}`]: pageFrom(() => 0),
  'middle page': pageFrom((users) => users / 2),
  'last page': pageFrom((users) => users - PAGE),
  "Appmixer's list, 50 from offset 900": {
    run: async ({ directory }) => {
      const sort = { by: 'username', descending: false } as const;
      const search = { sort, limit: PAGE, offset: 900 };
      const found = await searchUsers(directory, ADMINISTRATOR, search);
      return found.status === 'ok' && [found.users.length, found.users[0]?.username];
    },
    expected: () => [PAGE, nameOf(900)],
  },
  'user by name': {
    run: async ({ directory }, users) => {
      const id = await findUserId(directory, nameOf(users / 2 + 1));
      return (await readUser(directory, id ?? ''))?.username;
    },
    expected: (users) => nameOf(users / 2 + 1),
  },
  [`list of a user's ${SESSIONS_OF_FIRST} sessions`]: {
    run: async ({ sessions }) =>
      (await pageOfSignIns(sessions, idOf(0), { limit: PAGE })).items.length,
    expected: () => SESSIONS_OF_FIRST,
  },
  'number of users': {
    run: async ({ directory }) => {
      const counted = await countMatching(directory, ADMINISTRATOR, {});
      return counted.status === 'ok' && counted.count;
    },
    expected: (users) => users,
  },
};

export async function measureDirectory(service: Service): Promise<Target[]> {
  const [small, large] = [await filled(service, SMALL), await filled(service, LARGE)];
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const [few, many] = [await small.count(operation), await large.count(operation)];
    const percentile = await compareInTurns(large.call(operation), small.call(operation), PACE);
    const { ours, least, ratio } = percentile(0.5);
    rows.push([
      name,
      many.actions,
      `${few.units}`,
      `${many.units}`,
      ...[least, ours].map(milliseconds),
      ratio.toFixed(2),
    ]);
    targets.push(
      { name: `${name}, p50 to that of ${SMALL} users`, measured: ratio, limit: LIMIT },
      { name: `${name}, read units`, measured: many.units, limit: few.units },
    );
  }
  const sizes = [SMALL, LARGE].map((users) => `${users.toLocaleString('en')} users`);
  const at = (figure: string) => sizes.map((size) => `${figure}, ${size}`);
  printTable(['operation', 'DynamoDB requests', ...at('units'), ...at('p50'), 'ratio'], rows);
  return [...targets, { name: 'scans of a table', measured: service.wire.scans(), limit: 0 }];
}

async function filled(service: Service, users: number) {
  const tables = await createTables(service.tables.directory.client, `-of-${users}`);
  const started = performance.now();
  const written = await populate(service.endpoint, tables, users);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${users} users: ${written} items written in ${seconds.toFixed(0)} s\n`);

  const { directory, sessions } = tables;
  const counted = { directory: service.counted(directory), sessions: service.counted(sessions) };
  const ensured = async ({ run, expected }: Operation, through: Tables) => {
    const [found, right] = [await run(through, users), expected(users)].map((it) => `${it}`);
    if (found !== right) throw new Error(`at ${users} users: ${found}, not ${right}`);
  };
  return {
    call:
      (operation: Operation): Call =>
      () =>
        ensured(operation, tables),
    async count(operation: Operation) {
      const sent = await service.wire.during(() => ensured(operation, counted));
      return { actions: listed(sent), units: unitsOf(sent) };
    },
  };
}
