/**
 * Roles suffice, and no more: the compiled template's roles against what functions asked of AWS while the
 * whole test suite ran, and what an AWS that enforces roles was asked of them.
 *
 *   RECORD_CALLS=/tmp/calls npm test && RECORD_CALLS=/tmp/calls npm run test:e2e
 *   RECORDED_CALLS=/tmp/calls npm run test:roles        folders, separated by colons
 */
import { afterAll, describe, expect, test } from 'vitest';
import { asked, bySes, functions, unattributed } from './judged.ts';
import { actionsOf, permissionsOf } from './permissions.ts';
import { isAllowed } from './policy.ts';

/** Who asks where functions ask, and is none. */
const NO_FUNCTION: Readonly<Record<string, string>> = {
  'test/verify.test.ts': 'the verdict in a process of one’s own, which has its own role',
  'test/middy.test.ts': 'likewise',
  'test/manage/clients/register.test.ts': 'the rule by itself, without a function around it',
  'test/aws/table.test.ts': 'the tool by itself',
  'test/bench/requests.test.ts': 'functions as they are built, which are not told apart',
  'test/events/export.test.ts': 'the rule by itself; its function is in export-function.test.ts',
  'test/manage/finish-restore.test.ts': 'a verdict over restored tables, under their names',
  'bin/latchkey.ts': 'an operator, with credentials of their own',
  'test/bin/memory.test.ts': 'likewise',
  'test/bin/trail-retell.test.ts': 'likewise, and the reader in one process with them',
  'test/allowed-now/linearizability.test.ts':
    'sends functions to the engine itself, where it prepares',
  'test/events/export-function.test.ts': 'likewise',
  'test/events/fan-out.test.ts': 'likewise',
  'test/events/publish.test.ts': 'likewise',
  'test/mail/by-ses.test.ts': 'likewise',
  'test/mail/deliver.test.ts': 'likewise',
  'test/mail/noticed.test.ts': 'likewise',
};

afterAll(() => {
  const permissions = functions.flatMap(({ role }) => permissionsOf(role));
  console.log(
    `${asked.length} kinds of questions by functions, ${unattributed.length} by others; ` +
      `${permissions.length} permissions`,
  );
});

test('every question to where functions are sent to is one of a function', () => {
  expect(unattributed.filter(({ by, astray }) => astray && !(by in NO_FUNCTION))).toEqual([]);
});

test('who asks has a role', () => {
  const names = functions.map(({ name }) => name);
  expect(asked.filter(({ who }) => !names.includes(who))).toEqual([]);
});

describe.each([...functions, bySes])('the role of $name', ({ role, all }) => {
  test('denies nothing that it asked for', () => {
    expect(all.filter((it) => !isAllowed(role, it))).toEqual([]);
  });

  test.each(permissionsOf(role))('permits no more: %s is needed', (_title, without) => {
    expect(all.some((it) => !isAllowed(without, it))).toBe(true);
  });

  test.each(actionsOf(role))('would be missed without %s', (_title, without) => {
    expect(all.some((it) => !isAllowed(without, it))).toBe(true);
  });
});
