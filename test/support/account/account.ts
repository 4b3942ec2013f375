/**
 * An AWS account that is served on this machine over AWS's own wire protocols, as far as an operator's
 * commands on a whole stage ask for it: stacks and imports as documented, and what a stage leaves.
 */
import { generateKeyPairSync } from 'node:crypto';
import type { Stack } from './cloudformation.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';

export class AwsError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export type Table = {
  description: Record<string, unknown>;
  /** The one that an operator's command reads, in DynamoDB's own JSON. */
  item?: Record<string, { S: string }>;
  ttl?: string;
  hasRecovery: boolean;
  /** Looks until a table that is being deleted is not there any more. */
  goneAfter?: number;
};
export type Secret = {
  ARN: string;
  Name: string;
  Description?: string;
  KmsKeyId?: string;
  DeletedDate?: number;
};
export type Key = {
  KeyId: string;
  Arn: string;
  Description: string;
  KeyState: string;
  policy: string;
  rotates: boolean;
  /** Of one that signs: its public half, in DER. */
  publicKey?: Buffer;
};

export class Account {
  readonly stacks: Stack[] = [];
  readonly tables = new Map<string, Table>();
  readonly secrets: Secret[] = [];
  readonly keys: Key[] = [];
  readonly aliases = new Map<string, string>();
  readonly buckets = new Map<string, string[]>();
  readonly logGroups = new Set<string>();
  /** Actions that the caller has no right to, e.g. `DeleteTable`. */
  readonly denied = new Set<string>();
  /** Looks until a table that was changed or deleted is: whoever waits between two has so often to wait. */
  looks = { changed: 1, deleted: 2 };
  /** The logical id of what CloudFormation may not import. */
  refuses: string | undefined;
  /** Every action in its order. */
  readonly calls: string[] = [];

  addStack(name: string, status: string, more: Partial<Stack> = {}): Stack {
    const id = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/${this.stacks.length}`;
    const empty = { template: {}, resources: {}, changeSets: {}, events: [] };
    const stack: Stack = { id, name, states: [status], ...empty, ...more };
    this.stacks.push(stack);
    return stack;
  }

  addKey(Description: string, KeyState = 'Enabled'): Key {
    const KeyId = `1234abcd-12ab-34cd-56ef-${String(this.keys.length).padStart(12, '0')}`;
    const Arn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KeyId}`;
    const policy = '{"Version":"2012-10-17","Statement":[]}';
    const key: Key = { KeyId, Arn, Description, KeyState, policy, rotates: true };
    this.keys.push(key);
    return key;
  }

  addSigningKey(Description: string, KeyState = 'Enabled'): Key {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = this.addKey(Description, KeyState);
    return Object.assign(key, {
      rotates: false,
      publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    });
  }

  addSecret(Name: string, more: Partial<Secret> = {}): Secret {
    const ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${Name}-AbCdEf`;
    const secret: Secret = { ARN, Name, ...more };
    this.secrets.push(secret);
    return secret;
  }
}
