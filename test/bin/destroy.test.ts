/**
 * latchkey destroy --stage: a stage is deleted for good, and only if its name was typed.
 * Against an account that answers as AWS documents (test/support/account).
 */
import { createPublicKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectStage } from '../../bin/stage/connect.ts';
import { destroy } from '../../bin/stage/destroy.ts';
import type { Account } from '../support/account/account.ts';
import {
  addBucketStack,
  addExportKey,
  addRetained,
  addWholeStack,
  tableOf,
} from '../support/account/stage.ts';
import { startAccount } from '../support/account/start.ts';
import { runScript } from './command-line.ts';

let account: Account;
let served: Awaited<ReturnType<typeof startAccount>>;
beforeEach(async () => {
  served = await startAccount();
  account = served.account;
});
afterEach(() => served.stop());

const run = (stage = 'prod') =>
  destroy(connectStage(stage, { endpoint: served.endpoint, pause: async () => {} }));

function expectNothingLeft(): void {
  const tables = [...account.tables].filter(([, { goneAfter }]) => goneAfter !== 0);
  expect(tables).toEqual([]);
  expect(account.secrets).toEqual([]);
  expect(account.keys.filter(({ KeyState }) => KeyState !== 'PendingDeletion')).toEqual([]);
  expect(account.stacks.filter(({ states }) => states[0] !== 'DELETE_COMPLETE')).toEqual([]);
  expect([...account.buckets]).toEqual([]);
}

describe('a stage is deleted for good', () => {
  test('with its stack, its bucket and all that outlives them', async () => {
    addWholeStack(account, 'UPDATE_COMPLETE');
    account.logGroups.add('/aws/lambda/latchkey-prod-login').add('/aws/http-api/latchkey-prod');
    expect(await run()).toEqual([
      'deleted the stack latchkey-prod',
      'deleted the table latchkey-prod-directory',
      'deleted the table latchkey-prod-sessions',
      'deleted the table latchkey-prod-events',
      expect.stringMatching(/^scheduled the deletion of the key .*, for 30 days$/),
      'deleted the secret latchkey-prod-signing-keys',
      'deleted the log group /aws/lambda/latchkey-prod-login',
      'deleted the log group /aws/http-api/latchkey-prod',
    ]);
    expectNothingLeft();
    expect([...account.logGroups]).toEqual([]);
  });

  test.each(['there', 'gone'])(
    'with the key of its export, whose public half is told, while the stack is %s',
    async (stack) => {
      addWholeStack(account, 'UPDATE_COMPLETE');
      const { KeyId, publicKey = Buffer.of() } = addExportKey(account);
      if (stack === 'gone') {
        account.stacks.length = 0;
        account.buckets.clear();
      }
      const done = await run();
      expectNothingLeft();
      expect(done).toContainEqual(expect.stringMatching(`^scheduled .* ${KeyId}: aws kms cancel`));
      const [, pem = ''] = /(-----BEGIN PUBLIC KEY.*KEY-----)/s.exec(done.join('\n')) ?? [];
      const told = createPublicKey(pem).export({ type: 'spki', format: 'der' });
      expect(told).toEqual(publicKey);
      expect(await run()).toEqual([]);
    },
  );

  test('with the key of an export that has written nothing yet', async () => {
    const stack = addWholeStack(account, 'UPDATE_COMPLETE');
    const { KeyId } = addExportKey(account);
    delete account.tables.get('latchkey-prod-events')?.item;
    const resource = { type: 'AWS::KMS::Key', status: 'CREATE_COMPLETE', physicalId: KeyId };
    stack.resources['ExportKey'] = resource;
    stack.template.Resources = {
      ...stack.template.Resources,
      ExportKey: { Type: 'AWS::KMS::Key', DeletionPolicy: 'RetainExceptOnCreate' },
    };
    await run();
    expectNothingLeft();
  });

  test('with the key of an export that is switched off', async () => {
    addRetained(account);
    addExportKey(account, 'prod', 'Disabled');
    expect((await run()).join()).toContain('BEGIN PUBLIC KEY');
    expectNothingLeft();
  });

  test('after its stack was removed', async () => {
    addRetained(account);
    await run();
    expectNothingLeft();
  });

  test.each(['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS'])(
    'with a stack that is %s',
    async (status) => {
      addRetained(account);
      addBucketStack(account, status);
      await run();
      expectNothingLeft();
    },
  );

  test.each(['directory', 'sessions'])('with no secret, and of the tables the %s', async (name) => {
    addRetained(account);
    account.secrets.length = 0;
    for (const table of account.tables.keys())
      if (!table.endsWith(name)) account.tables.delete(table);
    await run();
    expectNothingLeft();
  });

  test('with a secret that somebody had deleted, and a key too', async () => {
    addRetained(account, 'prod', 'PendingDeletion');
    for (const secret of account.secrets) secret.DeletedDate = 1;
    await run();
    expectNothingLeft();
  });

  test('with a table that is being changed, and one that is being deleted', async () => {
    const key = addRetained(account);
    const name = 'latchkey-prod-directory';
    account.tables.set(name, tableOf(name, key, { TableStatus: 'UPDATING' }));
    const going = tableOf('latchkey-prod-sessions', key, {
      ...{ TableStatus: 'DELETING', DeletionProtectionEnabled: false },
    });
    account.tables.set('latchkey-prod-sessions', { ...going, goneAfter: 9 });
    await run();
    expectNothingLeft();
  });

  test('whose key is gone', async () => {
    addRetained(account);
    account.keys.length = 0;
    await run();
    expectNothingLeft();
  });
});

test('a stage that is not there is no error, and so may be deleted twice', async () => {
  expect(await run()).toEqual([]);
  addWholeStack(account, 'UPDATE_COMPLETE');
  await run();
  expect(await run()).toEqual([]);
});

describe('nothing else is touched:', () => {
  test('a stage whose name begins like it', async () => {
    addRetained(account);
    addWholeStack(account, 'UPDATE_COMPLETE', 'prod-eu');
    account.logGroups.add('/aws/lambda/latchkey-prod-eu-login');
    const before = structuredClone([...account.tables.keys()].filter((it) => it.includes('eu')));
    await run();
    expect([...account.tables].filter(([, it]) => it.goneAfter !== 0).map(([it]) => it)).toEqual(
      before,
    );
    expect(account.secrets.map(({ Name }) => Name)).toEqual(['latchkey-prod-eu-signing-keys']);
    expect(account.stacks[0]?.states).toEqual(['UPDATE_COMPLETE']);
    expect(account.keys[1]?.KeyState).toBe('Enabled');
    expect(account.logGroups.size).toBe(1);
  });

  test('a key that the export names, and that is not this stage’s', async () => {
    addRetained(account);
    const other = addExportKey(account);
    other.Description = 'Signs contracts';
    await run();
    expect(other.KeyState).toBe('Enabled');
  });

  test('a key that is not this stage’s', async () => {
    const other = account.addKey('of the whole company');
    account.tables.set('latchkey-prod-directory', tableOf('latchkey-prod-directory', other));
    expect(await run()).toContain(`left the key ${other.KeyId}, which is not this stage's`);
    expect(other.KeyState).toBe('Enabled');
  });
});

describe('no data is touched', () => {
  test('while another stack imports what the stage exports', async () => {
    addWholeStack(account, 'UPDATE_COMPLETE').isImported = true;
    await expect(run()).rejects.toThrow(/DELETE_FAILED: latchkey-prod: Export .* in use by other/);
    expect(account.calls.filter((it) => /Table|Secret|Key/.test(it))).toEqual([]);
  });

  test('while CloudFormation works on the stack', async () => {
    addWholeStack(account, 'UPDATE_IN_PROGRESS');
    await expect(run()).rejects.toThrow(/is UPDATE_IN_PROGRESS: try again/);
    expect(account.calls).toEqual(['DescribeStacks']);
  });
});

test.each([
  'DeleteStack',
  'ListObjectVersions',
  'DeleteObjects',
  'UpdateTable',
  'DeleteTable',
  'GetItem',
  'GetPublicKey',
  'ScheduleKeyDeletion',
  'DeleteSecret',
  'DeleteLogGroup',
])('for want of the right to %s it stops, says so, and goes on with it', async (action) => {
  addWholeStack(account, 'UPDATE_COMPLETE');
  addExportKey(account);
  account.logGroups.add('/aws/lambda/latchkey-prod-login');
  account.denied.add(action);
  await expect(run()).rejects.toThrow(new RegExp(`refuses the credentials .*: ${action}`));
  account.denied.clear();
  await run();
  expectNothingLeft();
  expect([...account.logGroups]).toEqual([]);
});

describe('from the command line', () => {
  const cli = (...words: string[]) =>
    runScript(
      'bin/latchkey.ts',
      ['destroy', '--region', 'eu-central-1', ...words],
      served.environment,
    );

  test('with the name confirmed it says what was done', async () => {
    addRetained(account);
    // Its two seconds between two looks are real.
    account.looks = { changed: 0, deleted: 0 };
    const { code, out } = await cli('--stage', 'prod', '--confirm', 'prod', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ stage: 'prod', done: { length: 5 } });
    expectNothingLeft();
  }, 60_000);

  test.each([
    ['another name', ['--stage', 'prod', '--confirm', 'dev'], 1],
    ['the name in another case', ['--stage', 'prod', '--confirm', 'PROD'], 1],
    ['the name of the stack', ['--stage', 'prod', '--confirm', 'latchkey-prod'], 1],
    ['no name', ['--stage', 'prod', '--confirm', ''], 2],
    ['nobody to ask', ['--stage', 'prod'], 2],
    ['no stage', ['--confirm', 'prod'], 2],
  ])('with %s nothing is asked of AWS', async (_case, words, code) => {
    addRetained(account);
    expect((await cli(...words)).code).toBe(code);
    expect(account.calls).toEqual([]);
  });
});
