/**
 * A bucket: files that are written once and never over. The only module that knows the S3 SDK.
 *
 * Errors: `temporarily_unavailable` where S3 did not answer, the SDK's own after its retries; that there is
 *         a file of that name already, or none, is an answer.
 *
 * @module
 * @see S3 User Guide, "Conditional writes": If-None-Match, so that of two writers one is refused (412)
 */
import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { unavailable } from '../errors.ts';

export type Bucket = { client: S3Client; name: string };
export type BucketFile = { name: string; bytes: Buffer; contentType: string };

const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 60_000, throwOnRequestTimeout: true },
};

export const connectBucket = (name: string): Bucket => ({ name, client: new S3Client(LIMITS) });

/**
 * @param lockedUntil - Nobody may delete it before, where the bucket has Object Lock.
 * @returns `false` if there is a file of that name, which stays as it is.
 */
export async function putFile(
  { client, name: Bucket }: Bucket,
  { name: Key, bytes, contentType }: BucketFile,
  lockedUntil?: Date,
): Promise<boolean> {
  const lock = lockedUntil && {
    ObjectLockMode: 'GOVERNANCE' as const,
    ObjectLockRetainUntilDate: lockedUntil,
  };
  const command = new PutObjectCommand({
    Bucket,
    Key,
    Body: bytes,
    ContentType: contentType,
    IfNoneMatch: '*',
    ...lock,
  });
  try {
    await client.send(command);
    return true;
  } catch (error) {
    if (statusOf(error) === 412) return false;
    throw toFault(error);
  }
}

export async function getFile(
  { client, name: Bucket }: Bucket,
  Key: string,
): Promise<Buffer | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Body && Buffer.from(await Body.transformToByteArray());
  } catch (error) {
    if (error instanceof NoSuchKey || statusOf(error) === 404) return undefined;
    throw toFault(error);
  }
}

/** In the order of their names. */
export async function listFiles({ client, name: Bucket }: Bucket, prefix: string) {
  const names: string[] = [];
  try {
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client },
      { Bucket, Prefix: prefix },
    ))
      names.push(...Contents.map(({ Key = '' }) => Key));
  } catch (error) {
    throw toFault(error);
  }
  return names;
}

const statusOf = (error: unknown): number =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;

/** What the bucket forbids, or that there is none, no later try will change. */
function toFault(error: unknown): unknown {
  const status = statusOf(error);
  // 409: another writer of the same name is not done yet.
  if (status >= 400 && status < 500 && status !== 409 && status !== 429) return error;
  return unavailable(`S3: ${(error as Error).name || 'no answer'}`, error);
}
