/** What all share, as one request reads it: no item more than it needs, and nothing that is not settled. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Item, Table } from '../../../lib/aws/table.ts';
import { type Content, pack } from '../../../lib/store/named/content.ts';
import { memoryOf } from '../../../lib/store/named/memory.ts';
import { type Missing, sharedIn, sharedKeys } from '../../../lib/store/reads/shared.ts';

const DOMAIN = 'mydomain.com';
const ALONE = { buckets: 1, shards: 1 };
let directory: Table;
beforeEach(() => {
  directory = { client: {}, name: 'directory' } as unknown as Table;
});

const asked = (more: Partial<Missing> = {}) => {
  const missing = { domain: DOMAIN, roles: ['a', 'b'], names: [], byItself: false, ...more };
  return sharedKeys(directory, missing, memoryOf(directory));
};
const keysOf = (more: Partial<Missing> = {}) => asked(more).wanted.map(({ key }) => key.pk);
const named = (more: object = {}): Item => ({
  ...{ home: 'directory', edition: 'e', registry: {}, roles: {}, ...ALONE, ...more },
});
const roleOf = (name: string): Item => ({ name, number: 1, effective: {} });
const REGISTRY = { version: 3, patterns: { cdr: [] } };
const OF_DOMAIN = { name: DOMAIN, disabled: false, generation: 7, version: 1 };
const NEEDED = { domain: DOMAIN, roles: ['a', 'b'], segments: 'all' } as const;
const outcome = (shared: ReturnType<ReturnType<typeof asked>['read']>, needed = NEEDED) =>
  sharedIn(directory, shared, needed, memoryOf(directory));

describe('a request reads', () => {
  test('the manifest, the domain, the registry and the roles, where nothing is known', () =>
    expect(keysOf()).toEqual([
      ...['manifest#0#0', 'domain#mydomain.com', 'resources', 'role#a', 'role#b'],
    ]));

  test('of many roles fifty', () => {
    const roles = Array.from({ length: 60 }, (_, index) => `role-${index}`);
    const keys = keysOf({ roles });
    expect([keys.length, keys.at(-1)]).toEqual([53, 'role#role-49']);
  });

  test('the manifest alone, ahead of a proof', () =>
    expect(keysOf({ isAhead: true })).toEqual(['manifest#0#0']));

  test('the manifest alone, where things are named, and what is missing of them', () => {
    memoryOf(directory).spread = ALONE;
    expect(keysOf()).toEqual(['manifest#0#0']);
    const names = [{ name: 'x', copies: 1 }];
    expect(keysOf({ names })).toEqual(['manifest#0#0', 'content#x#0']);
    expect(keysOf({ names, byItself: true })).toEqual([
      ...['manifest#0#0', 'content#x#0', 'domain#mydomain.com'],
    ]);
    expect(keysOf({ isAhead: true, byItself: true })).toEqual(['manifest#0#0']);
  });

  test('any manifest of the domain’s bucket', () => {
    memoryOf(directory).spread = { buckets: 2, shards: 2 };
    const of = (domain: string) => {
      const keys = Array.from({ length: 60 }, () => keysOf({ domain })[0]);
      return [...new Set(keys)].toSorted();
    };
    const both = [of('mydomain.com'), of('far.example')].toSorted();
    expect(both).toEqual([
      ['manifest#0#0', 'manifest#0#1'],
      ['manifest#1#0', 'manifest#1#1'],
    ]);
  });
});

describe('where nothing is named', () => {
  const items = [undefined, OF_DOMAIN, REGISTRY, roleOf('a'), undefined];

  test('what was read counts once the registry is as it was before', () => {
    const first = asked().read(items);
    expect(first).toMatchObject({ status: 'unnamed', isSettled: false });
    expect(outcome(first)).toEqual({
      ...{ status: 'missing', domain: DOMAIN, roles: ['a', 'b'], names: [], byItself: false },
    });
    const again = asked().read(items);
    expect(outcome(again)).toMatchObject({
      status: 'found',
      registry: [{ cdr: [] }],
      membership: { domain: { generation: 7 }, roles: [{ name: 'a' }] },
    });
    const changed = asked().read(items.with(2, { ...REGISTRY, version: 4 }));
    expect(outcome(changed)).toMatchObject({ status: 'missing' });
  });

  test('it counts for no other domain, and for no role that was not read', () => {
    asked().read(items);
    const read = asked().read(items);
    const other = { ...NEEDED, domain: 'far.example' as typeof DOMAIN };
    expect(outcome(read, other)).toMatchObject({ status: 'missing', domain: 'far.example' });
    const more = { ...NEEDED, roles: ['a', 'c'] as unknown as ['a', 'b'] };
    expect(outcome(read, more)).toMatchObject({ status: 'missing', roles: ['a', 'c'] });
    expect(outcome(read, { ...NEEDED, roles: ['a'] as unknown as ['a', 'b'] })).toMatchObject({
      status: 'found',
    });
  });

  test('there may be no registry, and no domain', () => {
    const none = [undefined, undefined, undefined, undefined, undefined];
    asked().read(none);
    expect(outcome(asked().read(none))).toEqual({
      ...{ status: 'found', registry: [], membership: { domain: undefined, roles: [] } },
    });
  });

  test('a restored table is none to go by', () => {
    const restored = items.with(2, { ...REGISTRY, home: 'elsewhere' });
    asked().read(restored);
    expect(() => outcome(asked().read(restored))).toThrow('restore finish');
  });

  test.each<[string, Partial<Missing>, Item | undefined, boolean]>([
    ['the registry says that things are named', {}, { named: 4 }, false],
    ['it was read ahead of a proof', { isAhead: true }, undefined, false],
    ['things were named when it was asked', {}, undefined, true],
  ])('it is not said where %s', (_case, more, registry, wasNamed) => {
    memoryOf(directory).spread = wasNamed ? ALONE : undefined;
    const read = asked(more).read([undefined, OF_DOMAIN, registry]);
    expect(read).toEqual({ status: 'elsewhere' });
    expect(memoryOf(directory).spread).toBeUndefined();
    expect(outcome(read)).toMatchObject({ status: 'missing', names: [], byItself: false });
  });
});

describe('where things are named', () => {
  const packed = (content: Content) => {
    const { name, body } = pack(content);
    return { name, item: { body } };
  };

  test('the manifest says how they are spread, and of which domain an item was asked for', () => {
    const manifest = named({ buckets: 2, shards: 3 });
    expect(asked().read([manifest, OF_DOMAIN])).toMatchObject({
      ...{ status: 'named', of: DOMAIN, domain: OF_DOMAIN, bucket: 0, byItself: false },
    });
    expect(memoryOf(directory).spread).toEqual({ buckets: 2, shards: 3 });
    expect(asked().read([manifest])).toMatchObject({ of: undefined, domain: undefined });
  });

  test('what is missing is asked for, and what was asked for is kept', () => {
    const domains = packed({ [DOMAIN]: { disabled: true, generation: 9 } });
    const manifest = named({ domains: domains.name });
    const first = outcome(asked().read([manifest]));
    expect(first).toMatchObject({ status: 'missing', names: [{ name: domains.name, copies: 1 }] });
    const names = [{ name: domains.name, copies: 1 }];
    const then = asked({ names }).read([manifest, domains.item]);
    expect(outcome(then)).toMatchObject({
      status: 'found',
      membership: { domain: { disabled: true, generation: 9 }, roles: [] },
    });
  });

  test('a domain that is in no content is read by itself', () => {
    memoryOf(directory).spread = ALONE;
    const first = outcome(asked().read([named()]));
    expect(first).toMatchObject({ status: 'missing', byItself: true });
    const then = asked({ byItself: true }).read([named(), OF_DOMAIN]);
    expect(outcome(then)).toMatchObject({
      ...{ status: 'found', membership: { domain: { name: DOMAIN, generation: 7 } } },
    });
    const gone = asked({ byItself: true }).read([named(), undefined]);
    expect(outcome(gone)).toMatchObject({ status: 'found', membership: { domain: undefined } });
  });

  test('the manifest of another bucket says nothing of the domain', () => {
    memoryOf(directory).spread = ALONE;
    const manifest = named({ buckets: 64, shards: 1, domains: 'unread' });
    const read = asked({ byItself: true }).read([manifest, OF_DOMAIN]);
    expect(outcome(read)).toMatchObject({ status: 'missing', names: [], byItself: true });
  });
});
