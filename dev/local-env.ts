/**
 * Where the running stack can be reached by commands that would otherwise talk to AWS: a file of
 * environment variables in the data folder, there while the stack runs.
 *
 * @module
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_CREDENTIALS } from './credentials.ts';
import { REGION } from './names.ts';

type Endpoints = {
  dynamodb: string;
  secretsManager: string;
  sts: string;
  kms?: string;
  s3?: string;
  /** The port on which mails are caught. */
  smtp?: number;
};

/** @returns What takes the file away again. */
export function writeLocalEnv(
  dataDir: string,
  { dynamodb, secretsManager, sts, kms, s3, smtp }: Endpoints,
): () => void {
  const file = join(dataDir, 'local.env');
  const variables = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
    AWS_ENDPOINT_URL_STS: sts,
    ...(kms && { AWS_ENDPOINT_URL_KMS: kms }),
    ...(s3 && { AWS_ENDPOINT_URL_S3: s3 }),
    ...(smtp && { SMTP_PORT: String(smtp) }),
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
