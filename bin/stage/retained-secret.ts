/**
 * The secret of the stage's signing keys as it is in AWS, in CloudFormation's words. Its value is not
 * read.
 *
 * @module
 */
import { DescribeSecretCommand, RestoreSecretCommand } from '@aws-sdk/client-secrets-manager';
import { asking } from '../deployment.ts';
import { ifThere, type Stage } from './connect.ts';

export type RetainedSecret = {
  arn: string;
  /** An ARN, an id or an alias, unless AWS owns the key. */
  key: string | undefined;
  /** Somebody deleted it, and AWS keeps it for some days. */
  isDeleted: boolean;
  properties: Readonly<Record<string, unknown>>;
};

export const findSecret = ({ names, secrets }: Stage): Promise<RetainedSecret | undefined> =>
  asking('secret', names.secret, async () => {
    const SecretId = names.secret;
    const found = await ifThere(() => secrets.send(new DescribeSecretCommand({ SecretId })));
    if (!found) return undefined;
    const { ARN = '', Name, Description, KmsKeyId, DeletedDate } = found;
    return {
      arn: ARN,
      key: KmsKeyId,
      isDeleted: DeletedDate !== undefined,
      properties: {
        Name,
        ...(Description !== undefined && { Description }),
        ...(KmsKeyId !== undefined && { KmsKeyId }),
        // As in infra/signing-keys.yml, whatever is in it: CloudFormation writes what a template
        // changes, and so leaves the keys alone.
        SecretString: '{"keys":[]}',
      },
    };
  });

export const reviveSecret = ({ names, secrets }: Stage): Promise<unknown> =>
  asking('secret', names.secret, () =>
    secrets.send(new RestoreSecretCommand({ SecretId: names.secret })),
  );
