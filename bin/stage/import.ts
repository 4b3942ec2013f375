/**
 * Imports resources into the stage's stack, which is made if there is none: a change set of the type
 * IMPORT is made, looked at by CloudFormation, and executed.
 *
 * Errors: Failure with CloudFormation's reasons; then the stack is what it was before.
 *
 * @module
 */
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  type ResourceToImport,
} from '@aws-sdk/client-cloudformation';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import type { Stage } from './connect.ts';
import { awaitStack, deleteStack, findStack } from './stack.ts';

const ChangeSetName = 'latchkey-adopt';

export async function importResources(
  stage: Stage,
  { body, resources, isNew }: { body: string; resources: ResourceToImport[]; isNew: boolean },
): Promise<void> {
  const { cloudFormation, names } = stage;
  const id = await asking('stack', names.stack, async () => {
    const StackName = names.stack;
    // Of an attempt that was cut off; where there is none, that is fine with CloudFormation.
    if (!isNew) await cloudFormation.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
    const { StackId } = await cloudFormation.send(
      new CreateChangeSetCommand({
        ...{ StackName, ChangeSetName, ChangeSetType: 'IMPORT' },
        ...{ TemplateBody: body, ResourcesToImport: resources },
        Capabilities: ['CAPABILITY_NAMED_IAM'],
      }),
    );
    return StackId ?? StackName;
  });
  await awaitChangeSet(stage, isNew);
  await asking('stack', names.stack, () =>
    cloudFormation.send(new ExecuteChangeSetCommand({ StackName: names.stack, ChangeSetName })),
  );
  await awaitStack(stage, id, ['IMPORT_COMPLETE']);
}

/** @throws Failure, after the change set and what it made of the stack are gone again. */
async function awaitChangeSet(stage: Stage, isNew: boolean): Promise<void> {
  const { cloudFormation, names } = stage;
  const which = { StackName: names.stack, ChangeSetName };
  for (;;) {
    const { Status, ExecutionStatus, StatusReason } = await asking('stack', names.stack, () =>
      cloudFormation.send(new DescribeChangeSetCommand(which)),
    );
    const isMade = Status === 'CREATE_COMPLETE';
    if (isMade && ExecutionStatus === 'AVAILABLE') return;
    if (isMade || Status === 'FAILED') {
      await asking('stack', names.stack, () =>
        cloudFormation.send(new DeleteChangeSetCommand(which)),
      );
      const left = isNew && (await findStack(stage));
      if (left) await deleteStack(stage, left);
      throw new Failure(`CloudFormation imports none of it: ${StatusReason}`);
    }
    await stage.pause();
  }
}
