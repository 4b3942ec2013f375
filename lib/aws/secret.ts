/**
 * A secret and its versions. The only module that knows the Secrets Manager SDK.
 *
 * Errors: `temporarily_unavailable` when Secrets Manager does not answer.
 *
 * @module
 * @see AWS Secrets Manager User Guide, "What is in a secret" (versions and their staging labels)
 */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { faultOf } from './fault.ts';

export type Secret = { client: SecretsManagerClient; id: string };
export type Stage = 'AWSCURRENT' | 'AWSPENDING';

export const connectSecrets = (id: string): Secret => ({
  id,
  client: new SecretsManagerClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  }),
});

/** @returns `undefined` when there is no such version. */
export async function readVersion(
  { client, id }: Secret,
  version: { stage: Stage } | { id: string; stage: Stage },
): Promise<string | undefined> {
  const VersionId = 'id' in version ? { VersionId: version.id } : {};
  try {
    const command = new GetSecretValueCommand({
      SecretId: id,
      VersionStage: version.stage,
      ...VersionId,
    });
    return (await client.send(command)).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw faultOf('Secrets Manager', error);
  }
}

export async function writePending(
  { client, id }: Secret,
  versionId: string,
  value: string,
): Promise<void> {
  await guard(() =>
    client.send(
      new PutSecretValueCommand({
        SecretId: id,
        ClientRequestToken: versionId,
        SecretString: value,
        VersionStages: ['AWSPENDING'],
      }),
    ),
  );
}

/** Version id to its staging labels. */
export type Versions = Record<string, string[]>;

export async function describeVersions({ client, id }: Secret): Promise<Versions> {
  const { VersionIdsToStages = {} } = await guard(() =>
    client.send(new DescribeSecretCommand({ SecretId: id })),
  );
  return VersionIdsToStages;
}

export async function makeCurrent(
  { client, id }: Secret,
  versionId: string,
  previous: string | undefined,
): Promise<void> {
  await guard(() =>
    client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: id,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: versionId,
        ...(previous && { RemoveFromVersionId: previous }),
      }),
    ),
  );
}

/** With the function and the rules that the secret has. @returns `false` while one is under way. */
export async function askForRotation({ client, id }: Secret): Promise<boolean> {
  try {
    await client.send(new RotateSecretCommand({ SecretId: id }));
    return true;
  } catch (error) {
    const isUnderWay =
      error instanceof InvalidRequestException && /previous rotation/i.test(error.message);
    if (isUnderWay) return false;
    throw faultOf('Secrets Manager', error);
  }
}

/** The version keeps its value but is no longer to be rotated to. */
export async function withdrawPending({ client, id }: Secret, versionId: string): Promise<void> {
  await guard(() =>
    client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: id,
        VersionStage: 'AWSPENDING',
        RemoveFromVersionId: versionId,
      }),
    ),
  );
}

async function guard<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw faultOf('Secrets Manager', error);
  }
}
