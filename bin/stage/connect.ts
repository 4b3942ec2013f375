/**
 * The clients of what a stage is made of, and how long to wait between two looks at it.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Names, namesOf } from './names.ts';

export type Stage = {
  names: Names;
  cloudFormation: CloudFormationClient;
  dynamodb: DynamoDBClient;
  kms: KMSClient;
  logs: CloudWatchLogsClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
  pause: () => Promise<void>;
};
/** What the environment does not say; credentials and region are there. */
export type Place = { endpoint?: string; pause?: () => Promise<void> };

export function connectStage(stage: string, { endpoint, pause }: Place = {}): Stage {
  const config = endpoint === undefined ? {} : { endpoint };
  return {
    names: namesOf(stage),
    cloudFormation: new CloudFormationClient(config),
    dynamodb: new DynamoDBClient(config),
    kms: new KMSClient(config),
    logs: new CloudWatchLogsClient(config),
    s3: new S3Client({ ...config, forcePathStyle: endpoint !== undefined }),
    secrets: new SecretsManagerClient(config),
    pause: pause ?? (() => sleep(2000)),
  };
}

/** What is not there, is `undefined`; for some services the error's name says so, for others its text. */
export async function ifThere<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    const { name, message } = error as Error;
    const isGone = /^(ResourceNotFound|NotFound|NoSuchBucket)(Exception)?$/.test(name);
    if (isGone || (name === 'ValidationError' && /does not exist/.test(message))) return undefined;
    throw error;
  }
}
