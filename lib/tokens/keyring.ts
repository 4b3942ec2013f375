/**
 * The secret that holds the signing keys. The only module that knows the Secrets Manager SDK.
 *
 * Errors: `temporarily_unavailable` when Secrets Manager does not answer and no usable copy is held.
 *
 * @module
 */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { unavailable } from '../errors.ts';
import {
  type Algorithm,
  currentKey,
  parseSigningKeys,
  SIGNER_MAX_STALENESS,
  type SigningKey,
} from './key-set.ts';

export type Secret = { client: SecretsManagerClient; id: string };
export type Stage = 'AWSCURRENT' | 'AWSPENDING';

/** A cached set is read anew after this long, well inside the propagation time of a new key. */
const CACHE_SECONDS = 300;
/** While Secrets Manager is down, one try in this many seconds is enough. */
const RETRY_SECONDS = 5;

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
    throw toFault(error);
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

export type Keyring = { signingKey: (alg: Algorithm) => Promise<SigningKey> };

/**
 * Hands out the key that signs now, from a copy in memory.
 *
 * @param now - Epoch seconds.
 */
export function keyring(secret: Secret, now: () => number): Keyring {
  let held: { keys: SigningKey[]; readAt: number } | undefined;
  let reading: Promise<void> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  const read = async () => {
    const value = await readVersion(secret, { stage: 'AWSCURRENT' });
    if (value === undefined) throw unavailable('the secret has no current version yet');
    held = { keys: parseSigningKeys(value), readAt: now() };
  };
  /** One read at a time, however many requests wait for it. */
  const refresh = async () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      await reading;
    } catch (error) {
      failedAt = now();
      if (!held || now() - held.readAt > SIGNER_MAX_STALENESS) throw error;
      const reason = (error as Error).name;
      console.error(JSON.stringify({ level: 'error', code: 'signing_keys_stale', reason }));
    }
  };

  return {
    async signingKey(alg) {
      const fresh = held && now() - held.readAt <= CACHE_SECONDS;
      const waiting =
        held && now() - failedAt < RETRY_SECONDS && now() - held.readAt <= SIGNER_MAX_STALENESS;
      if (!fresh && !waiting) await refresh();
      const key = currentKey(held?.keys ?? [], alg, now());
      if (!key) {
        held = undefined;
        throw unavailable(`the key set holds no ${alg} key: has the secret been rotated once?`);
      }
      return key;
    },
  };
}

async function guard<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toFault(error);
  }
}

/** A client error other than throttling is a wrong set-up: retrying will not help. */
function toFault(error: unknown): unknown {
  const { name = '', $metadata: { httpStatusCode: status = 0 } = {} } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const ours = status >= 400 && status < 500 && !/Throttl|LimitExceeded/.test(name);
  return ours ? error : unavailable(`Secrets Manager: ${name || 'no answer'}`, error);
}
