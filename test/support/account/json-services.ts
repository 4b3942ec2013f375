/**
 * DynamoDB, Secrets Manager, KMS and CloudWatch Logs of the account: what an operator's commands ask
 * of them, with the refusals of their API references.
 */
import { type Account, AwsError, type Key, type Secret, type Table } from './account.ts';

type Input = Readonly<Record<string, unknown>>;
type Action = (input: Input, account: Account) => object;

function tableOf({ TableName }: Input, { tables }: Account): Table {
  const table = tables.get(String(TableName));
  if (!table || table.goneAfter === 0)
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: ${TableName}`);
  return table;
}

function secretOf({ SecretId }: Input, { secrets }: Account): Secret {
  const secret = secrets.find(({ ARN, Name }) => [ARN, Name].includes(String(SecretId)));
  if (!secret)
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  return secret;
}

function keyOf({ KeyId }: Input, { keys, aliases }: Account): Key {
  const id = aliases.get(String(KeyId)) ?? String(KeyId);
  const key = keys.find((it) => it.KeyId === id || it.Arn === id);
  if (!key) throw new AwsError('NotFoundException', `Key '${KeyId}' does not exist`);
  return key;
}

const isUsable = ({ KeyState }: Key) => KeyState === 'Enabled' || KeyState === 'Disabled';

export const JSON_ACTIONS: Readonly<Record<string, Action>> = {
  'DynamoDB_20120810.DescribeTable'(input, account) {
    const table = tableOf(input, account);
    if (table.goneAfter !== undefined) table.goneAfter--;
    const { TableStatus } = table.description;
    if (TableStatus === 'UPDATING')
      table.description = { ...table.description, TableStatus: 'ACTIVE' };
    return { Table: { ...table.description, TableStatus } };
  },
  'DynamoDB_20120810.DescribeTimeToLive': (input, account) => ({
    TimeToLiveDescription: tableOf(input, account).ttl
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: tableOf(input, account).ttl }
      : { TimeToLiveStatus: 'DISABLED' },
  }),
  'DynamoDB_20120810.DescribeContinuousBackups': (input, account) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: tableOf(input, account).hasRecovery ? 'ENABLED' : 'DISABLED',
      },
    },
  }),
  'DynamoDB_20120810.GetItem'(input, account) {
    const { item } = tableOf(input, account);
    const isAsked = JSON.stringify(input['Key']) === '{"pk":{"S":"export"},"sk":{"S":"head"}}';
    return item && isAsked ? { Item: item } : {};
  },
  'DynamoDB_20120810.UpdateTable'(input, account) {
    const table = tableOf(input, account);
    requireActive(table);
    const { DeletionProtectionEnabled } = input;
    table.description = {
      ...table.description,
      ...{ DeletionProtectionEnabled, TableStatus: account.looks.changed ? 'UPDATING' : 'ACTIVE' },
    };
    return { TableDescription: table.description };
  },
  'DynamoDB_20120810.DeleteTable'(input, account) {
    const table = tableOf(input, account);
    requireActive(table);
    if (table.description['DeletionProtectionEnabled'])
      throw new AwsError(
        'ValidationException',
        'Resource cannot be deleted as it is currently protected against deletion.',
      );
    table.description = { ...table.description, TableStatus: 'DELETING' };
    table.goneAfter = account.looks.deleted;
    return { TableDescription: table.description };
  },

  'secretsmanager.DescribeSecret': (input, account) => secretOf(input, account),
  'secretsmanager.RestoreSecret'(input, account) {
    const secret = secretOf(input, account);
    delete secret.DeletedDate;
    return { ARN: secret.ARN };
  },
  'secretsmanager.DeleteSecret'(input, account) {
    const secret = secretOf(input, account);
    if (input['ForceDeleteWithoutRecovery'])
      account.secrets.splice(account.secrets.indexOf(secret), 1);
    else secret.DeletedDate = Date.now() / 1000;
    return { ARN: secret.ARN };
  },

  'TrentService.DescribeKey'(input, account) {
    const { KeyId, Arn, Description, KeyState, publicKey } = keyOf(input, account);
    const [KeySpec, KeyUsage] = publicKey
      ? ['ECC_NIST_P256', 'SIGN_VERIFY']
      : ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'];
    return { KeyMetadata: { KeyId, Arn, Description, KeyState, KeySpec, KeyUsage } };
  },
  'TrentService.GetPublicKey'(input, account) {
    const { Arn, KeyState, publicKey } = keyOf(input, account);
    if (KeyState !== 'Enabled') throw new AwsError('KMSInvalidStateException', `${Arn} is pending`);
    if (!publicKey) throw new AwsError('UnsupportedOperationException', `${Arn} is symmetric`);
    return { KeyId: Arn, PublicKey: publicKey.toString('base64') };
  },
  'TrentService.GetKeyPolicy': (input, account) => ({ Policy: keyOf(input, account).policy }),
  'TrentService.GetKeyRotationStatus': (input, account) => ({
    KeyRotationEnabled: keyOf(input, account).rotates,
  }),
  'TrentService.ScheduleKeyDeletion'(input, account) {
    const key = keyOf(input, account);
    if (!isUsable(key)) throw new AwsError('KMSInvalidStateException', `${key.Arn} is pending`);
    key.KeyState = 'PendingDeletion';
    return { KeyId: key.Arn };
  },
  'TrentService.CancelKeyDeletion'(input, account) {
    const key = keyOf(input, account);
    if (isUsable(key)) throw new AwsError('KMSInvalidStateException', `${key.Arn} is not pending`);
    // As documented: it is disabled then, until somebody enables it.
    key.KeyState = 'Disabled';
    return { KeyId: key.Arn };
  },
  'TrentService.EnableKey'(input, account) {
    const key = keyOf(input, account);
    if (!isUsable(key)) throw new AwsError('KMSInvalidStateException', `${key.Arn} is pending`);
    key.KeyState = 'Enabled';
    return {};
  },

  'Logs_20140328.DeleteLogGroup'({ logGroupName }, { logGroups }) {
    if (!logGroups.delete(String(logGroupName)))
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return {};
  },
};

function requireActive({ description }: Table): void {
  if (description['TableStatus'] !== 'ACTIVE')
    throw new AwsError('ResourceInUseException', `Table is being ${description['TableStatus']}`);
}
