/** What was acknowledged is there after `kill -9` of the embedded engine, under many writers. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from 'vitest';
import { batchGet, get, type Table } from '../../lib/aws/table.ts';
import { createDomain, domainKey, raiseDomain } from '../../lib/store/directory/domains.ts';
import {
  endSession,
  type SessionName,
  saveSession,
  sessionKey,
} from '../../lib/store/sessions/sessions.ts';
import { instant } from '../../lib/time.ts';
import { createTable, localClient } from '../support/running/tables.ts';

const ROUNDS = 3;
/** Seconds with dynoxide; DynamoDB Local alone takes a while to start four times. */
const TIMEOUT = 180_000;
const WRITERS = 40;
/** In each round, before the engine is killed. */
const ACKNOWLEDGED = 200;
const NOW = 1_000_000;
const SESSION = {
  kind: 'webitel',
  client: 'webitel',
  issuedAt: instant(NOW),
  expiresAt: instant(NOW + 60),
  subjectGeneration: 1,
  domainGeneration: 1,
  ip: '192.0.2.1',
};

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
let host: ChildProcess | undefined;
afterAll(async () => {
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<Table> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../support/run/engine-host.ts'), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  host = child;
  const [endpoint] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { client: localClient(endpoint, 1), name: 'sessions' };
}
async function kill(): Promise<void> {
  if (!host || host.exitCode !== null || host.signalCode !== null) return;
  const exited = once(host, 'exit');
  host.kill('SIGKILL');
  await exited;
}
/** Until nobody listens there: two engines must not share the file. */
async function ended({ client }: Table): Promise<void> {
  const { hostname = '', port = 0 } = (await client.config.endpoint?.()) ?? {};
  for (let alive = true; alive; ) {
    const socket = connect({ host: hostname, port });
    alive = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
  }
}

/** What the clients were told; a session whose last request was not answered is in neither. */
const live = new Map<string, SessionName>();
const gone = new Map<string, SessionName>();
const raised = { acknowledged: 0, attempted: 0 };

async function writeUntilKilled(table: Table, round: number): Promise<void> {
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const acknowledge = () => {
    acknowledged += 1;
    if (acknowledged >= ACKNOWLEDGED) killed ??= kill();
  };
  const writer = async (number: number) => {
    for (let count = 0; ; count++) {
      const name = { subject: `user-${number}`, key: `key-${round}-${count}` };
      const id = `${name.subject} ${name.key}`;
      await saveSession(table, name, SESSION);
      live.set(id, name);
      acknowledge();
      if (count % 2 === 0) continue;
      live.delete(id);
      if (!(await endSession(table, name, instant(NOW)))) throw new Error(`${id} was not there`);
      gone.set(id, name);
      acknowledge();
    }
  };
  const revoker = async () => {
    for (;;) {
      raised.attempted += 1;
      await raiseDomain(table, 'mydomain.com');
      raised.acknowledged += 1;
      acknowledge();
    }
  };
  const writers = [revoker(), ...Array.from({ length: WRITERS }, (_, number) => writer(number))];
  const results = await Promise.allSettled(writers);
  for (const { reason } of results as PromiseRejectedResult[])
    expect(reason).toMatchObject({ said: { code: 'temporarily_unavailable' } });
  await killed;
  await ended(table);
}

async function stored(table: Table, names: Iterable<SessionName>): Promise<boolean[]> {
  const all = [...names];
  const found: boolean[] = [];
  for (let at = 0; at < all.length; at += 100) {
    const batch = all.slice(at, at + 100).map((name) => ({ table, key: sessionKey(name) }));
    found.push(...(await batchGet(batch)).map((item) => item !== undefined));
  }
  return found;
}

describe('after kill -9 of the engine under many writers', { timeout: TIMEOUT }, () => {
  test('every acknowledged login is there, every acknowledged logout is gone', async () => {
    let table = await start();
    await createTable(table.client, table.name);
    await createDomain(table, { name: 'mydomain.com', disabled: false, generation: 0 });
    for (let round = 0; round < ROUNDS; round++) {
      await writeUntilKilled(table, round);
      table = await start();
      expect(await stored(table, live.values())).toEqual([...live].map(() => true));
      expect(await stored(table, gone.values())).toEqual([...gone].map(() => false));
      const domain = await get(table, domainKey('mydomain.com'));
      expect(domain?.['generation']).toBeGreaterThanOrEqual(raised.acknowledged);
      expect(domain?.['generation']).toBeLessThanOrEqual(raised.attempted);
    }
    expect(live.size).toBeGreaterThan(ROUNDS * 30);
    expect(gone.size).toBeGreaterThan(ROUNDS * 30);
  });
});
