/**
 * Users of the account that may do what a policy permits, and no more.
 *
 * @module
 */
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { inject } from 'vitest';
import { type Credentials, ROOT_CREDENTIALS } from './credentials.ts';

/** @param policy - None: may do nothing. */
export async function makeUser(UserName: string, policy?: object): Promise<Credentials> {
  const { endpoint } = inject('shared');
  const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS });
  await iam.send(new CreateUserCommand({ UserName }));
  if (policy) {
    const PolicyDocument = JSON.stringify(policy);
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'only', PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
}
