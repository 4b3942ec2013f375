/**
 * Roles suffice, and no more: the compiled template's roles against what functions asked of AWS while the
 * whole test suite ran, and what an AWS that enforces roles was asked of them.
 *
 *   RECORD_CALLS=/tmp/calls npm test && RECORD_CALLS=/tmp/calls npm run test:e2e
 *   RECORDED_CALLS=/tmp/calls npm run test:roles        folders, separated by colons
 */
import { describe, expect, test } from 'vitest';
import { packageService } from '../deploy/package.ts';
import { askedByAws } from './asked-by-aws.ts';
import { actionsOf, permissionsOf } from './permissions.ts';
import { isAllowed, type Statement } from './policy.ts';
import { type Asked, readRecorded, type Unattributed } from './recorded.ts';
import { locate, readRoles, resolveTemplate, withCaches } from './roles.ts';

const folders = process.env['RECORDED_CALLS']?.split(':');
if (!folders) throw new Error('RECORDED_CALLS names no folder: see the head of this file');

const { template } = await packageService('.');
const stack = resolveTemplate(withCaches(template));
const roles = readRoles(stack);
const recorded = readRecorded(folders);
const unattributed = recorded.filter((it): it is Unattributed => !('who' in it));
const asked = recorded
  .filter((it): it is Asked => 'who' in it)
  .map((it) => ({ ...it, ...locate(stack, it) }));

const functions = Object.entries(roles).map(([name, role]) => {
  const own = asked.filter(({ who }) => who === name);
  return { name, role, own, all: [...own, ...askedByAws(stack, name, own)] };
});
const isMissed = (all: readonly Asked[], without: Statement[]) =>
  all.some((it) => !isAllowed(without, it));

console.log(
  `${asked.length} kinds of questions, ${unattributed.length} by the tests themselves, ` +
    `${functions.flatMap(({ role }) => permissionsOf(role)).length} permissions`,
);

/** Who asks where functions ask, and is none. */
const NO_FUNCTION: Readonly<Record<string, string>> = {
  'test/verify.test.ts': 'the verdict in a process of one’s own, which has its own role',
  'test/promise/linearizability.test.ts': 'sends functions to the engine itself, where it prepares',
};

test('every question to where functions are sent to is one of a function', () => {
  expect(unattributed.filter(({ by, astray }) => astray && !(by in NO_FUNCTION))).toEqual([]);
});

test('who asks has a role', () => {
  const unknown = asked.filter(({ who }) => !(who in roles));
  expect(unknown).toEqual([]);
});

describe.each(functions)('the role of $name', ({ role, own, all }) => {
  test('denies nothing that it asked for, nor did an AWS', () => {
    expect(all.filter((it) => !isAllowed(role, it))).toEqual([]);
    expect(own.filter(({ denied }) => denied)).toEqual([]);
  });

  test.each(permissionsOf(role))('permits no more: %s is needed', (_title, without) => {
    expect(isMissed(all, without)).toBe(true);
  });

  test.each(actionsOf(role))('would be missed without %s', (_title, without) => {
    expect(isMissed(all, without)).toBe(true);
  });
});
