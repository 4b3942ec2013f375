/** API keys and domain tokens as items: a change knows what it changes, and its version only rises. */

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Tables } from '../../../lib/aws/tables.ts';
import type { Standing } from '../../../lib/store/sessions/sessions.ts';
import {
  asSwitched,
  changeStanding,
  deleteStanding,
  type Named,
  readStanding,
  restingAs,
  saveStanding,
} from '../../../lib/store/sessions/standing.ts';
import { instant } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

const NOW = 1_800_000_000;
const STANDING: Standing = {
  kind: 'api-key',
  client: 'api-key',
  issuedAt: instant(NOW),
  expiresAt: instant(NOW + 60),
  disabled: false,
  roles: ['reader'],
  name: 'a machine',
  createdBy: 'root',
  ownerSwitched: 0,
  domainSwitched: 0,
  version: 1,
};
const named: Named = { name: { subject: 'user', key: 'key-1' }, standing: STANDING };

let sessions: Tables['sessions'];
beforeEach(async () => {
  ({ sessions } = await freshTables());
  expect(await saveStanding(sessions, named)).toBe(true);
});
const read = (now = NOW, kind: Standing['kind'] = 'api-key') =>
  readStanding(sessions, named.name, kind, instant(now));

describe('a standing session', () => {
  test('is read until its last second, as what it is', async () => {
    expect(await read()).toEqual(STANDING);
    expect(await read(NOW + 59)).toEqual(STANDING);
    expect(await read(NOW + 60)).toBeUndefined();
    expect(await read(NOW, 'domain-token')).toBeUndefined();
  });

  test.each<[string, string, Partial<Standing>, string | undefined, string[]]>([
    ['an API key', 'user', {}, 'a.com', ['created#root', 'keys#a.com', 'user']],
    ['an API key of no domain', 'user', {}, undefined, ['created#root', 'user']],
    [
      'a domain’s token with a role',
      'domain#a.com',
      { kind: 'domain-token' },
      'a.com',
      ['created#root', 'domain#a.com', 'holders#reader'],
    ],
    [
      'a domain’s token without a role',
      'domain#a.com',
      { kind: 'domain-token', roles: undefined },
      'a.com',
      ['created#root', 'domain#a.com'],
    ],
  ])('is found as %s is, until it is deleted', async (_case, subject, more, domain, places) => {
    const { sessions: own } = await freshTables();
    const one = { name: { subject, key: 'key-2' }, standing: { ...STANDING, ...more } as Standing };
    const written = async () => {
      const { Items = [] } = await own.client.send(new ScanCommand({ TableName: own.name }));
      return Items.flatMap(({ pk, list }) =>
        [pk, list].flatMap((text) => text?.S ?? []),
      ).toSorted();
    };
    expect(await saveStanding(own, { ...one, domain })).toBe(true);
    expect(await written()).toEqual(places);
    expect(await deleteStanding(own, one)).toBe(true);
    expect(await written()).toEqual([]);
  });

  test('is not saved over one of the same key', async () => {
    const other = { ...named, standing: { ...STANDING, name: 'another' } };
    expect(await saveStanding(sessions, other)).toBe(false);
    expect(await read()).toEqual(STANDING);
  });

  test('has a version that rises with every change, as it is told and as it is stored', async () => {
    const second = await changeStanding(sessions, named, { disabled: true });
    expect(second).toEqual({ ...STANDING, disabled: true, version: 2 });
    if (!second) throw new Error('no change');
    const third = await changeStanding(sessions, { ...named, standing: second }, {});
    expect(third?.version).toBe(3);
    expect(await read()).toEqual(third);
  });

  test('is neither changed nor deleted by who has seen an older one', async () => {
    const second = await changeStanding(sessions, named, { disabled: true });
    expect(await changeStanding(sessions, named, { disabled: false })).toBeUndefined();
    expect(await deleteStanding(sessions, named)).toBe(false);
    expect(await read()).toEqual(second);
    if (!second) throw new Error('no change');
    expect(await deleteStanding(sessions, { ...named, standing: second })).toBe(true);
    expect(await read()).toBeUndefined();
  });
});

describe('of who looks at a key', () => {
  test.each([
    ['as it was when it was made', {}, { owner: 0, domain: 0 }, false],
    ['switched off itself', { disabled: true }, { owner: 0, domain: 0 }, true],
    ['its owner was switched since', {}, { owner: 1, domain: 0 }, true],
    ['its domain was switched since', {}, { owner: 0, domain: 1 }, true],
    [
      'switched on since then',
      { ownerSwitched: 2, domainSwitched: 1 },
      { owner: 2, domain: 1 },
      false,
    ],
  ])('it is seen to rest, or not: %s', (_case, more, { owner, domain }, rests) => {
    const seen = restingAs(asSwitched({ switched: owner }, { switched: domain }));
    const before = { ...named, standing: { ...STANDING, ...more } };
    expect(seen(before)).toEqual({ ...before, standing: { ...before.standing, disabled: rests } });
  });

  test('an owner or a domain that was never switched counts as such, and one that is gone', () =>
    expect([asSwitched({}, {}), asSwitched(undefined, undefined)]).toEqual([
      { ownerSwitched: 0, domainSwitched: 0 },
      { ownerSwitched: 0, domainSwitched: 0 },
    ]));
});
