/**
 * Empties the bucket of deployed code, since CloudFormation deletes no bucket that holds anything.
 *
 * @module
 */
import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import { ifThere, type Stage } from './connect.ts';

export const emptyBucket = ({ s3 }: Stage, Bucket: string): Promise<void> =>
  asking('bucket', Bucket, async () => {
    for (;;) {
      const page = await ifThere(() => s3.send(new ListObjectVersionsCommand({ Bucket })));
      const found = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])];
      if (found.length === 0) return;
      const Objects = found.map(({ Key, VersionId }) => ({ Key, VersionId }));
      const { Errors = [] } = await s3.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
      );
      if (Errors[0]) throw new Failure(`${Errors[0].Key} in ${Bucket}: ${Errors[0].Message}`);
    }
  });
