/** What the words of a scope let be done, against a model that tries every letter by itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LETTERS } from '../../lib/store/directory/roles.ts';
import { ACTIONS, type Extent, stronger, weaker } from '../../lib/verdict/acl.ts';
import {
  common,
  covers,
  EVERYTHING,
  namesPower,
  powerOf,
  within,
} from '../../lib/verdict/power.ts';

const RESOURCES = [
  'cdr',
  'cdr/files',
  'admin/users',
  'admin/to-come',
  'users',
  'users/of-others',
  'domain',
  'acl/roles',
  'acl/resource',
  'helpdesk/api_key',
  'oauth/introspect',
  'admin',
  'administration',
  '__proto__',
  'constructor',
  'toString',
];
const IDENTITY = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'];
/** Of other servers, of typing errors, of those who look for a gap. */
const OTHERS = [
  'mluviiPublicApi',
  'cdr',
  'cdr:',
  ':r',
  'cdr:x',
  'cdr:o',
  'cdr:or',
  'cdr:r*',
  'cdr:**',
  'a:cdr:r',
  'cdr:R',
  'cdr:r\n',
  'full_access:r:',
  'FULL_ACCESS',
  'full-access',
  '*',
  '*:',
  '',
];
const resource = fc.constantFrom(...RESOURCES);
const letters = fc
  .array(fc.constantFrom(...LETTERS.filter((one) => one !== '*')), { minLength: 1, maxLength: 5 })
  .map((each) => each.join(''));
const named = fc
  .tuple(resource, fc.oneof(letters, fc.constant('*')))
  .map(([name, held]) => `${name}:${held}`);
const word = fc.oneof(
  { weight: 6, arbitrary: named },
  { weight: 1, arbitrary: fc.constant('full_access') },
  { weight: 2, arbitrary: fc.constantFrom(...IDENTITY, ...OTHERS) },
);
const words = fc.array(word, { maxLength: 5 });

const OWN = /^(admin\/.*|users|domain|acl\/(roles|resource)|helpdesk\/api_key|oauth\/introspect)$/;

/** Written from the documentation, with none of the module's own steps. */
function model(given: readonly string[], name: string, action: string): Extent {
  const held = given
    .filter((one) => one.startsWith(`${name}:`))
    .map((one) => one.slice(name.length + 1))
    .filter((text) => text === '*' || text.replaceAll(/[crud]o?/g, '') === '')
    .join(' ');
  if (given.includes('full_access') && !OWN.test(name)) return 'all';
  if (new RegExp(`[*]|${action}(?!o)`).test(held)) return 'all';
  return held.includes(action) ? 'own' : 'none';
}

const grantsOf = (on: (name: string, action: 'c' | 'r' | 'u' | 'd') => Extent): Extent[] =>
  RESOURCES.flatMap((name) => ACTIONS.map((action) => on(name, action)));
const modelOf = (given: readonly string[]) =>
  grantsOf((name, action) => model(given, name, action));
const isAtMost = (left: readonly Extent[], right: readonly Extent[]): boolean =>
  left.every((grant, index) => weaker(grant, right[index] ?? 'none') === grant);

describe('the power of a scope', () => {
  test('is what the documentation says, for every combination', () =>
    fc.assert(
      fc.property(words, (given) => {
        expect(grantsOf(powerOf(given).on)).toEqual(modelOf(given));
      }),
    ));

  test.each([...IDENTITY, ...OTHERS])('R2: %j alone lets nothing be done, and says why', (one) => {
    const { on, whole, lack } = powerOf([one]);
    expect(namesPower(one)).toBe(false);
    expect(new Set(grantsOf(on))).toEqual(new Set(['none']));
    expect({ whole, lack }).toEqual({ whole: false, lack: expect.stringContaining('scope') });
  });

  test('all words of identity together let nothing be done', () =>
    expect(new Set(grantsOf(powerOf(IDENTITY).on))).toEqual(new Set(['none'])));

  test('R2: full_access is all but what is our own, which is named besides', () => {
    const { on } = powerOf(['full_access', 'admin/users:r']);
    expect(on('cdr', 'd')).toBe('all');
    expect(on('administration', 'd')).toBe('all');
    expect(on('admin/users', 'r')).toBe('all');
    expect(on('admin/users', 'u')).toBe('none');
    expect(on('admin/roles', 'r')).toBe('none');
    expect(on('users/of-others', 'd')).toBe('all');
    for (const name of ['users', 'domain', 'acl/roles', 'acl/resource', 'helpdesk/api_key'])
      expect([name, on(name, 'r')]).toEqual([name, 'none']);
  });

  test('several letters are those letters', () => {
    const { on } = powerOf(['cdr:crou']);
    expect(ACTIONS.map((action) => on('cdr', action))).toEqual(['all', 'own', 'all', 'none']);
  });

  test.each(['cdr:*', 'cdr/files:*', 'book:*', '__proto__:*'])('%s says nothing of others', (one) =>
    expect(powerOf([one]).on('other', 'r')).toBe('none'),
  );
});

describe('several bounds', () => {
  test('are none where none of them bounds, and no session of a client is taken for that', () => {
    expect(common([EVERYTHING, EVERYTHING])).toBe(EVERYTHING);
    expect(common([])).toBe(EVERYTHING);
    expect(common([EVERYTHING, powerOf(['full_access'])])).not.toBe(EVERYTHING);
  });

  test('leave what each of them leaves, whatever their order', () =>
    fc.assert(
      fc.property(words, words, (left, right) => {
        const both = common([powerOf(left), powerOf(right)]);
        const wanted = grantsOf((name, action) =>
          weaker(model(left, name, action), model(right, name, action)),
        );
        expect(grantsOf(both.on)).toEqual(wanted);
        expect(grantsOf(common([powerOf(right), powerOf(left)]).on)).toEqual(wanted);
        expect(both.whole).toBe(left.includes('full_access') && right.includes('full_access'));
      }),
    ));

  test('lack what the first of them lacks, and nothing where each names power', () => {
    const [named, none, neither] = [
      powerOf(['cdr:r']),
      powerOf(['openid'], 'no scope'),
      powerOf([], 'not registered'),
    ];
    expect(common([named, none]).lack).toBe('no scope');
    expect(common([none, named]).lack).toBe('no scope');
    expect(common([EVERYTHING, neither, none]).lack).toBe('not registered');
    expect(common([named, powerOf(['full_access'])]).lack).toBeUndefined();
  });
});

describe('words that cover one', () => {
  test('let be done all that it lets be done', () =>
    fc.assert(
      fc.property(words, word, (listed, one) => {
        fc.pre(covers(listed, one));
        expect(isAtMost(modelOf([one]), modelOf(listed))).toBe(true);
      }),
    ));

  test('are all that do, where it names a resource', () =>
    fc.assert(
      fc.property(words, named, (listed, one) => {
        fc.pre(namesPower(one));
        expect(covers(listed, one)).toBe(isAtMost(modelOf([one]), modelOf(listed)));
      }),
    ));

  test('cover each of a scope apart where they cover it as a whole', () =>
    fc.assert(
      fc.property(words, fc.array(named, { maxLength: 4 }), (listed, asked) => {
        const each = asked.every((one) => covers(listed, one));
        expect(each).toBe(isAtMost(modelOf(asked), modelOf(listed)));
      }),
    ));

  test('stay so when more words join', () =>
    fc.assert(
      fc.property(words, words, word, (listed, more, one) => {
        fc.pre(covers(listed, one));
        expect(covers([...more, ...listed], one)).toBe(true);
      }),
    ));

  test.each<[string[], string, boolean]>([
    [['cdr:r'], 'cdr:r', true],
    [['cdr:r'], 'cdr:ro', true],
    [['cdr:ro'], 'cdr:r', false],
    [['cdr:*'], 'cdr:crud', true],
    [['cdr:c', 'cdr:ru', 'cdr:d'], 'cdr:*', true],
    [['cdr:cru'], 'cdr:*', false],
    [['cdr:*'], 'cdr/files:r', false],
    [['cdr:*', 'book:*'], 'full_access', false],
    [['full_access'], 'full_access', true],
    [['full_access'], 'cdr:*', true],
    [['full_access'], 'admin/users:r', false],
    [['full_access'], 'users:ro', false],
    [['full_access'], 'oauth/introspect:r', false],
    [['full_access', 'admin/users:r'], 'admin/users:r', true],
    [['openid'], 'openid', false],
    [[], 'cdr:r', false],
  ])('%j, %s: %s', (listed, one, expected) => expect(covers(listed, one)).toBe(expected));
});

test.each<[string[], string, string | undefined]>([
  [['cdr:*'], 'cdr:crud', 'cdr:crud'],
  [['cdr:cru', 'cdr:d'], 'cdr:*', 'cdr:*'],
  [['cdr:ru'], 'cdr:*', 'cdr:ru'],
  [['cdr:ro'], 'cdr:ru', 'cdr:ro'],
  [['full_access'], 'full_access', 'full_access'],
  [['cdr:*'], 'full_access', undefined],
  [['book:*'], 'cdr:r', undefined],
])('%j leave of %s: %s', (listed, one, left) => expect(within(listed, one)).toBe(left));

test('what words leave of another is what both let be done', () =>
  fc.assert(
    fc.property(words, named, (listed, one) => {
      const left = within(listed, one);
      const wanted = grantsOf((name, action) =>
        weaker(model([one], name, action), model(listed, name, action)),
      );
      expect(modelOf(left === undefined ? [] : [left])).toEqual(wanted);
    }),
  ));

test('more words never let less be done', () =>
  fc.assert(
    fc.property(words, words, (left, right) => {
      const all = grantsOf((name, action) =>
        stronger(powerOf(left).on(name, action), powerOf(right).on(name, action)),
      );
      expect(isAtMost(all, grantsOf(powerOf([...left, ...right]).on))).toBe(true);
    }),
  ));
