/** What an ACL permits, against a model that tries every letter by itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Acl, LETTERS } from '../../lib/store/directory/roles.ts';
import {
  type Action,
  aclOf,
  actionOf,
  type Extent,
  grantOf,
  mergeAcls,
  methodsOf,
  stronger,
  unpermitted,
  weaker,
} from '../../lib/verdict/acl.ts';

const ACTIONS: readonly Action[] = ['c', 'r', 'u', 'd'];
/** Names that objects already have among them. */
const NAMES = [
  'cdr',
  'cdr/files',
  'book',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];

const name = fc.constantFrom(...NAMES);
const action = fc.constantFrom(...ACTIONS);
const acl: fc.Arbitrary<Acl> = fc
  .array(fc.tuple(name, fc.array(fc.constantFrom(...LETTERS), { maxLength: 4 })), { maxLength: 5 })
  .map((entries) => Object.fromEntries(entries));
const acls = fc.array(acl, { maxLength: 4 });

/** Written from the documentation, with none of the module's own steps. */
function model(given: readonly Acl[], resource: string, wanted: Action): Extent {
  const held = given
    .flatMap((one) => Object.entries(one))
    .filter(([key]) => key === resource)
    .map(([, letters]) => letters.join(' '))
    .join(' ');
  if (new RegExp(`[*]|${wanted}(?!o)`).test(held)) return 'all';
  return held.includes(wanted) ? 'own' : 'none';
}

const grantsOf = (given: readonly Acl[]) =>
  NAMES.map((resource) => ACTIONS.map((wanted) => grantOf(given, resource, wanted)));

describe('the grant of several ACLs', () => {
  test('is what the documentation says, for every combination', () =>
    fc.assert(
      fc.property(acls, name, action, (given, resource, wanted) => {
        expect(grantOf(given, resource, wanted)).toBe(model(given, resource, wanted));
      }),
    ));

  test.each(NAMES)('is none on %s where no ACL names it', (resource) => {
    expect(ACTIONS.map((wanted) => grantOf([{}, { other: ['*'] }], resource, wanted))).toEqual(
      ACTIONS.map(() => 'none'),
    );
  });

  test.each([
    ['a resource below the named one', { cdr: ['*'] }, 'cdr/files'],
    ['a resource above the named one', { 'cdr/files': ['*'] }, 'cdr'],
    ['a name in other case', { CDR: ['*'] }, 'cdr'],
    ['a name with a blank', { 'cdr ': ['*'] }, 'cdr'],
  ] satisfies [string, Acl, string][])('is none on %s', (_case, given, resource) => {
    expect(grantOf([given], resource, 'r')).toBe('none');
  });

  test('is own where only the letter with o is held, and all once the plain one joins', () => {
    expect(grantOf([{ cdr: ['ro'] }], 'cdr', 'r')).toBe('own');
    expect(grantOf([{ cdr: ['ro'] }, { cdr: ['r'] }], 'cdr', 'r')).toBe('all');
    expect(grantOf([{ cdr: ['uo'] }], 'cdr', 'r')).toBe('none');
  });
});

describe('the merger of ACLs', () => {
  test('grants what its parts grant: never more, never less', () =>
    fc.assert(
      fc.property(acls, (given) => {
        expect(grantsOf([mergeAcls(given)])).toEqual(grantsOf(given));
      }),
    ));

  test('does not depend on the order', () =>
    fc.assert(
      fc.property(acls, (given) => {
        expect(mergeAcls(given.toReversed())).toEqual(mergeAcls(given));
      }),
    ));

  test('does not change what it merges a second time, or with itself', () =>
    fc.assert(
      fc.property(acls, (given) => {
        const merged = mergeAcls(given);
        expect(mergeAcls([merged])).toEqual(merged);
        expect(mergeAcls([merged, merged, ...given])).toEqual(merged);
      }),
    ));

  test('may be done in steps, as roles with grandparents are', () =>
    fc.assert(
      fc.property(acls, acls, (left, right) => {
        const stepwise = mergeAcls([mergeAcls(left), mergeAcls(right)]);
        expect(stepwise).toEqual(mergeAcls([...left, ...right]));
      }),
    ));

  test('drops letters that another one implies, and keeps names without letters', () => {
    expect(mergeAcls([{ a: ['ro', 'r'], b: ['c', '*', 'do'], c: [] }])).toEqual({
      a: ['r'],
      b: ['*'],
      c: [],
    });
  });

  test('leaves its parts as they were', () =>
    fc.assert(
      fc.property(acls, (given) => {
        const before = structuredClone(given);
        mergeAcls(given);
        expect(given).toEqual(before);
      }),
    ));
});

describe('the letter of a method', () => {
  test('is c, r, u or d for the six methods that have one', () => {
    const methods = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'];
    expect(methods.map(actionOf)).toEqual(['c', 'r', 'r', 'u', 'u', 'd']);
  });

  test.each(['OPTIONS', 'TRACE', 'CONNECT', 'get', 'Get', 'GET ', 'ANY', '*', '', ...NAMES])(
    'does not exist for %s, so nobody may use it',
    (method) => expect(actionOf(method)).toBeUndefined(),
  );

  test('stands for all of its methods, and for no other', () =>
    expect(ACTIONS.map(methodsOf)).toEqual([
      ['POST'],
      ['GET', 'HEAD'],
      ['PUT', 'PATCH'],
      ['DELETE'],
    ]));
});

test.each<[Extent, Extent, weaker: Extent, stronger: Extent]>([
  ['none', 'none', 'none', 'none'],
  ['none', 'own', 'none', 'own'],
  ['all', 'none', 'none', 'all'],
  ['own', 'all', 'own', 'all'],
  ['own', 'own', 'own', 'own'],
  ['all', 'all', 'all', 'all'],
])('of %s and %s the weaker is %s, the stronger %s', (left, right, least, most) => {
  expect([weaker(left, right), weaker(right, left)]).toEqual([least, least]);
  expect([stronger(left, right), stronger(right, left)]).toEqual([most, most]);
});

describe('grants, resource by resource', () => {
  const held: Acl = { all: ['*'], some: ['c', 'ro'], own: ['co', 'ro', 'uo', 'do'], none: [] };
  const grant = (resource: string, wanted: Action) => grantOf([held], resource, wanted);

  test('come to an ACL of those on which there are any', () =>
    expect(aclOf(['all', 'some', 'own', 'none', 'other'], grant)).toEqual({
      all: ['*'],
      some: ['c', 'ro'],
      own: ['co', 'ro', 'uo', 'do'],
    }));

  test.each<[Acl, string | undefined]>([
    [{ all: ['*'], some: ['c', 'ro'], own: ['do'] }, undefined],
    [{ all: ['ro'], some: ['co'] }, undefined],
    [{ none: [], other: [] }, undefined],
    [{ all: ['c'], some: ['r'] }, 'some'],
    [{ own: ['*'], all: ['*'] }, 'own'],
    [{ all: ['*'], none: ['do'] }, 'none'],
    [{ all: ['r'], some: ['c', 'u'] }, 'some'],
  ])('permit %j but for %s', (acl, beyond) => expect(unpermitted(acl, grant)).toBe(beyond));
});
