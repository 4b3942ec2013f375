/**
 * latchkey adopt --stage: what outlives a stack goes into a stack again, so that a deployment works.
 * Against an account that answers as AWS documents (test/support/account).
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adopt } from '../../bin/stage/adopt.ts';
import { connectStage } from '../../bin/stage/connect.ts';
import type { Account } from '../support/account/account.ts';
import {
  addBucketStack,
  addExportKey,
  addRetained,
  addWholeStack,
  BY_LIST,
  FIRST_TEMPLATE,
  tableOf,
} from '../support/account/stage.ts';
import { startAccount } from '../support/account/start.ts';
import { runScript } from './command-line.ts';

const ALL = ['DirectoryTable', 'SessionsTable', 'EventsTable', 'SigningKeys', 'DataKey'];

let account: Account;
let served: Awaited<ReturnType<typeof startAccount>>;
beforeEach(async () => {
  served = await startAccount();
  account = served.account;
});
afterEach(() => served.stop());

const run = (stage = 'prod') =>
  adopt(connectStage(stage, { endpoint: served.endpoint, pause: async () => {} }));
const stackNow = () =>
  account.stacks.filter(({ states }) => states[0] !== 'DELETE_COMPLETE').at(-1);
const CHANGES = /^(Create|Execute|Delete|Continue|Restore|Cancel|Enable|Update|Schedule)/;
const changes = () => account.calls.filter((call) => CHANGES.test(call));

/** As a mistake in the account would show: nothing was asked for that changes anything. */
async function expectRefused(reason: RegExp): Promise<void> {
  await expect(run()).rejects.toThrow(reason);
  expect(changes()).toEqual([]);
}

describe('a stage that was removed', () => {
  test('has a stack again, with exactly what had outlived the old one', async () => {
    addRetained(account);
    expect(await run()).toEqual({ status: 'adopted', ids: ALL });
    expect(stackNow()).toMatchObject({ name: 'latchkey-prod', states: ['IMPORT_COMPLETE'] });
    expect(Object.keys(stackNow()?.resources ?? {})).toEqual(ALL);
  });

  test('is taken as it is, the key by its place in the template, no output, nothing written', async () => {
    const key = addRetained(account);
    await run();
    const { Resources = {}, Outputs } = stackNow()?.template ?? {};
    const named = { 'Fn::GetAtt': ['DataKey', 'Arn'] };
    expect(Outputs).toBeUndefined();
    for (const resource of Object.values(Resources))
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(Resources['DirectoryTable']?.Properties).toMatchObject({
      TableName: 'latchkey-prod-directory',
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: named },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    expect(Resources['SessionsTable']?.Properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    // What a template does not change, CloudFormation does not write: the keys in it stay.
    expect(Resources['SigningKeys']?.Properties).toMatchObject({
      KmsKeyId: named,
      SecretString: '{"keys":[]}',
    });
    expect(Resources['DataKey']?.Properties).toMatchObject({
      Description: key.Description,
      EnableKeyRotation: true,
      KeyPolicy: { Statement: [] },
    });
    expect(changes()).toEqual(['CreateChangeSet', 'ExecuteChangeSet']);
  });

  test('a table that somebody has changed is taken as it is, for the deployment to put right', async () => {
    const key = addRetained(account);
    const changed = { DeletionProtectionEnabled: false, StreamSpecification: undefined };
    account.tables.set('latchkey-prod-sessions', {
      ...tableOf('latchkey-prod-sessions', key, changed),
      hasRecovery: false,
    });
    await run();
    const properties = stackNow()?.template.Resources?.['SessionsTable']?.Properties;
    expect(properties).toMatchObject({
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    });
    expect(properties).not.toHaveProperty('StreamSpecification');
    expect(properties).not.toHaveProperty('TimeToLiveSpecification');
  });

  test('a table without the index is adopted: a deployment makes it', async () => {
    const key = addRetained(account);
    account.tables.set('latchkey-prod-directory', tableOf('latchkey-prod-directory', key));
    expect((await run()).ids).toEqual(ALL);
  });

  test('a table that another key encrypts keeps it, until the deployment changes it', async () => {
    addRetained(account);
    const other = account.addKey('somebody else’s');
    account.tables.set('latchkey-prod-sessions', tableOf('latchkey-prod-sessions', other));
    await run();
    expect(stackNow()?.template.Resources?.['SessionsTable']?.Properties).toMatchObject({
      SSESpecification: { KMSMasterKeyId: other.Arn },
    });
  });

  test('leaves another stage alone', async () => {
    addRetained(account);
    addRetained(account, 'prod-eu');
    await run();
    expect(account.stacks.map(({ name }) => name)).toEqual(['latchkey-prod']);
    expect(JSON.stringify(stackNow()?.template)).not.toContain('prod-eu');
  });

  test.each(['PendingDeletion', 'Disabled'])('its key works again that is %s', async (state) => {
    const key = addRetained(account, 'prod', state);
    await run();
    expect(key.KeyState).toBe('Enabled');
  });

  test('with its export: the key that signed the files signs on, as it is', async () => {
    addRetained(account);
    const key = addExportKey(account);
    expect(await run()).toEqual({ status: 'adopted', ids: [...ALL, 'ExportKey'] });
    expect(stackNow()?.resources['ExportKey']?.physicalId).toBe(key.KeyId);
    expect(stackNow()?.template.Resources?.['ExportKey']).toEqual({
      ...{ Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
      Properties: {
        ...{ Description: key.Description, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
        KeyPolicy: { Version: '2012-10-17', Statement: [] },
      },
    });
    expect(changes()).toEqual(['CreateChangeSet', 'ExecuteChangeSet']);
  });

  test.each(['PendingDeletion', 'Disabled'])(
    'the key of its export signs again that is %s',
    async (state) => {
      addRetained(account);
      const key = addExportKey(account, 'prod', state);
      expect((await run()).ids).toContain('ExportKey');
      expect(key.KeyState).toBe('Enabled');
    },
  );

  test('without the key of its export that is gone, or that says it is another’s', async () => {
    addRetained(account);
    const key = addExportKey(account, 'prod', 'PendingDeletion');
    key.Description = 'Signs the events that latchkey-prod-eu exports';
    expect((await run()).ids).toEqual(ALL);
    expect(key.KeyState).toBe('PendingDeletion');
    account.stacks.length = 0;
    account.keys.splice(account.keys.indexOf(key), 1);
    expect((await run()).ids).toEqual(ALL);
  });

  test('its secret is kept whose deletion somebody has begun', async () => {
    addRetained(account);
    for (const secret of account.secrets) secret.DeletedDate = 1;
    expect((await run()).ids).toEqual(ALL);
    expect(account.secrets[0]).not.toHaveProperty('DeletedDate');
  });
});

describe('a first deployment that failed half way', () => {
  test('and was rolled back to the bucket: the tables and their key come into that stack', async () => {
    addRetained(account, 'prod', 'PendingDeletion');
    account.secrets.length = 0;
    addBucketStack(account, 'UPDATE_ROLLBACK_COMPLETE');
    expect((await run()).ids).toEqual([
      'DirectoryTable',
      'SessionsTable',
      'EventsTable',
      'DataKey',
    ]);
    expect(account.stacks).toHaveLength(1);
    expect(stackNow()?.template).toMatchObject(FIRST_TEMPLATE);
    expect(Object.keys(stackNow()?.resources ?? {})).toContain('ServerlessDeploymentBucket');
  });

  test('with one table made', async () => {
    addRetained(account);
    account.secrets.length = 0;
    account.tables.delete('latchkey-prod-sessions');
    account.tables.delete('latchkey-prod-events');
    addBucketStack(account, 'UPDATE_ROLLBACK_COMPLETE');
    expect((await run()).ids).toEqual(['DirectoryTable', 'DataKey']);
  });

  test('whose roll-back failed: it goes on first', async () => {
    addRetained(account);
    addBucketStack(account, 'UPDATE_ROLLBACK_FAILED');
    expect((await run()).status).toBe('adopted');
    expect(changes()[0]).toBe('ContinueUpdateRollback');
  });

  test.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'REVIEW_IN_PROGRESS'])(
    'D8: and left a stack that is %s: it goes, and another is made',
    async (status) => {
      addRetained(account);
      account.addStack('latchkey-prod', status);
      expect((await run()).ids).toEqual(ALL);
      expect(account.stacks.map(({ states }) => states[0])).toEqual([
        'DELETE_COMPLETE',
        'IMPORT_COMPLETE',
      ]);
    },
  );

  test('before anything was made that lasts: there is nothing to adopt, and nothing in the way', async () => {
    account.addStack('latchkey-prod', 'ROLLBACK_COMPLETE');
    expect(await run()).toEqual({ status: 'none', ids: [] });
    expect(stackNow()).toBeUndefined();
  });
});

describe('a removal that failed', () => {
  test('leaves behind what CloudFormation could not delete, and adopts the rest', async () => {
    addRetained(account);
    const stack = addBucketStack(account, 'DELETE_FAILED');
    for (const resource of Object.values(stack.resources)) resource.status = 'DELETE_FAILED';
    expect((await run()).ids).toEqual(ALL);
    expect(account.buckets.has('bucket-of-prod')).toBe(true);
  });

  test('because others import what it exports, fails again, with the reason', async () => {
    addRetained(account);
    addBucketStack(account, 'DELETE_FAILED').isImported = true;
    await expect(run()).rejects.toThrow(/DELETE_FAILED: .* it is in use by other/);
    expect(changes()).toEqual(['DeleteStack']);
  });
});

test('a stage that works is left as it is', async () => {
  addWholeStack(account, 'UPDATE_COMPLETE');
  expect(await run()).toEqual({ status: 'none', ids: [] });
  expect(changes()).toEqual([]);
});

test('a stage that works and exports no more is left as it is, and so is its key', async () => {
  addWholeStack(account, 'UPDATE_COMPLETE');
  addExportKey(account);
  expect(await run()).toEqual({ status: 'none', ids: [] });
  expect(changes()).toEqual([]);
});

test('what was adopted once is not adopted again', async () => {
  addRetained(account);
  await run();
  expect(await run()).toEqual({ status: 'none', ids: [] });
});

describe('nothing is changed where', () => {
  test('nothing is there', async () => {
    await expectRefused(/nothing of latchkey-prod is kept in eu-central-1: deploy makes it/);
  });

  test.each(['CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
    'the stack is %s',
    async (status) => {
      addRetained(account);
      account.addStack('latchkey-prod', status);
      await expectRefused(new RegExp(`the stack latchkey-prod is ${status}: try again`));
    },
  );

  test.each<[string, string, Record<string, unknown>, RegExp]>([
    [
      'a table has other keys',
      'directory',
      { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      /latchkey-prod-directory has another shape: its table has the keys id/,
    ],
    [
      'a key is of another type',
      'sessions',
      { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'B' }] },
      /latchkey-prod-sessions has another shape: .* pk:B:HASH/,
    ],
    [
      'the index has other keys',
      'directory',
      { GlobalSecondaryIndexes: [{ ...BY_LIST, KeySchema: BY_LIST.KeySchema.toReversed() }] },
      /its index byList has the keys/,
    ],
  ])('%s, even with a dead stack in the way', async (_case, table, change, reason) => {
    const key = addRetained(account);
    const name = `latchkey-prod-${table}`;
    account.tables.set(name, tableOf(name, key, change));
    account.addStack('latchkey-prod', 'ROLLBACK_COMPLETE');
    await expectRefused(reason);
  });

  test('the key is gone', async () => {
    addRetained(account);
    account.keys.length = 0;
    await expectRefused(/the key arn:aws:kms:.* is gone, and with it all that it encrypted/);
  });

  test('a key cannot be used and no call of ours would help', async () => {
    addRetained(account, 'prod', 'PendingImport');
    await expectRefused(/the key .* is PendingImport/);
  });

  test.each(['DescribeStacks', 'DescribeTable', 'DescribeSecret', 'DescribeKey', 'GetKeyPolicy'])(
    'the credentials lack the right to %s, which is said',
    async (action) => {
      addRetained(account);
      account.denied.add(action);
      await expectRefused(new RegExp(`AWS refuses the credentials .* to perform: ${action}`));
    },
  );
});

describe('CloudFormation refuses', () => {
  test('a table of another stack: its reason is said, and no empty stack is left', async () => {
    addRetained(account);
    const resource = { type: 'AWS::DynamoDB::Table', status: 'CREATE_COMPLETE' };
    const held = { ...resource, physicalId: 'latchkey-prod-directory' };
    account.addStack('other', 'CREATE_COMPLETE', { resources: { Table: held } });
    await expect(run()).rejects.toThrow(/imports none of it: .* already exists in stack/);
    expect(account.stacks.map(({ states }) => states[0])).toEqual([
      'CREATE_COMPLETE',
      'DELETE_COMPLETE',
    ]);
  });

  test('to execute it: the reason is said, and the next call works', async () => {
    addRetained(account);
    account.refuses = 'SigningKeys';
    await expect(run()).rejects.toThrow(/SigningKeys: Access denied/);
    account.refuses = undefined;
    expect((await run()).ids).toEqual(ALL);
  });

  test('to execute it in a stack with a bucket: that is what it was', async () => {
    addRetained(account);
    addBucketStack(account, 'UPDATE_ROLLBACK_COMPLETE');
    account.refuses = 'SigningKeys';
    await expect(run()).rejects.toThrow(/IMPORT_ROLLBACK_COMPLETE: SigningKeys: Access denied/);
    expect(stackNow()?.template).toEqual(FIRST_TEMPLATE);
    account.refuses = undefined;
    expect((await run()).ids).toEqual(ALL);
  });

  test.each(['CreateChangeSet', 'ExecuteChangeSet', 'DescribeChangeSet'])(
    'for want of the right to %s: with it, the next call goes on',
    async (action) => {
      addRetained(account);
      account.denied.add(action);
      await expect(run()).rejects.toThrow(new RegExp(`not authorized to perform: ${action}`));
      account.denied.clear();
      expect((await run()).ids).toEqual(ALL);
    },
  );
});

describe('from the command line', () => {
  const cli = (...words: string[]) =>
    runScript('bin/latchkey.ts', ['adopt', ...words], served.environment);

  test('it says what was adopted and what to do now', async () => {
    addRetained(account);
    const { code, out } = await cli('--stage', 'prod', '--region', 'eu-central-1');
    expect({ code, out }).toEqual({
      code: 0,
      out: `adopted ${ALL.join(', ')}; now: npx serverless deploy --stage prod --region eu-central-1\n`,
    });
  }, 60_000);

  test.each([
    ['no stage', []],
    ['a stage that can be none', ['--stage', 'prod;x']],
    ['an operand', ['prod']],
    ['--local', ['--stage', 'prod', '--local']],
  ])('%s is exit 2, and asks AWS nothing', async (_case, words) => {
    expect((await cli(...words)).code).toBe(2);
    expect(account.calls).toEqual([]);
  });
});
