/**
 * The stage's stack in CloudFormation: what state it is in, what is in it, and how it is taken away.
 *
 * @module
 * @see CloudFormation User Guide, "Understand stack status codes"
 */
import {
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import { ifThere, type Stage } from './connect.ts';
import type { Template } from './import-template.ts';

export type Stack = { id: string; status: string };

/** Nothing but its deletion leads out of these; the first is a change set that nobody executed. */
const DEAD = [
  'REVIEW_IN_PROGRESS',
  'CREATE_FAILED',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'DELETE_FAILED',
];
export const isDead = ({ status }: Stack): boolean => DEAD.includes(status);

/** @throws Failure while CloudFormation works on it. */
export async function findStack(stage: Stage): Promise<Stack | undefined> {
  const found = await describe(stage, stage.names.stack);
  if (found && /_IN_PROGRESS$/.test(found.status) && !isDead(found))
    throw new Failure(
      `the stack ${stage.names.stack} is ${found.status}: try again when it is done`,
    );
  return found;
}

/** @param StackName - After its deletion a stack is found by its id alone. */
const describe = ({ cloudFormation }: Stage, StackName: string): Promise<Stack | undefined> =>
  asking('stack', StackName, async () => {
    const found = await ifThere(() =>
      cloudFormation.send(new DescribeStacksCommand({ StackName })),
    );
    const [stack] = found?.Stacks ?? [];
    return stack && { id: stack.StackId ?? '', status: stack.StackStatus ?? '' };
  });

export const resourcesOf = ({ cloudFormation }: Stage, { id }: Stack): Promise<StackResource[]> =>
  asking('stack', id, async () => {
    const command = new DescribeStackResourcesCommand({ StackName: id });
    const { StackResources = [] } = await cloudFormation.send(command);
    return StackResources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
  });

export const templateOf = ({ cloudFormation }: Stage, { id }: Stack): Promise<Template> =>
  asking('stack', id, async () => {
    const command = new GetTemplateCommand({ StackName: id, TemplateStage: 'Original' });
    const { TemplateBody = '{}' } = await cloudFormation.send(command);
    return JSON.parse(TemplateBody) as Template;
  });

/** @throws Failure with CloudFormation's reasons where the stack ends otherwise. */
export async function awaitStack(stage: Stage, id: string, ends: readonly string[]): Promise<void> {
  for (let before = 'REVIEW_IN_PROGRESS'; ; ) {
    const found = await describe(stage, id);
    const status = found?.status ?? 'DELETE_COMPLETE';
    if (ends.includes(status)) return;
    // What a new stack falls back to, when nothing of it could be imported.
    const isBack = status === 'REVIEW_IN_PROGRESS' && before !== status;
    before = status;
    if (isBack || !/_IN_PROGRESS$/.test(status)) {
      const reasons = await reasonsOf(stage, id);
      throw new Failure(`the stack ${stage.names.stack} is ${status}: ${reasons}`);
    }
    await stage.pause();
  }
}

/** Of the latest operation: events come newest first, and begin with the stack's own. */
const reasonsOf = ({ cloudFormation }: Stage, StackName: string): Promise<string> =>
  asking('stack', StackName, async () => {
    const { StackEvents = [] } = await cloudFormation.send(
      new DescribeStackEventsCommand({ StackName }),
    );
    const start = StackEvents.findIndex(
      ({ ResourceType, ResourceStatus }) =>
        ResourceType === 'AWS::CloudFormation::Stack' &&
        /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(ResourceStatus ?? ''),
    );
    const failed = StackEvents.slice(0, start + 1 || undefined).filter(({ ResourceStatus }) =>
      /_FAILED$/.test(ResourceStatus ?? ''),
    );
    const lines = failed.map((it) => `${it.LogicalResourceId}: ${it.ResourceStatusReason}`);
    return lines.join('; ') || 'CloudFormation says no reason';
  });

/** Leaves what could not be deleted before, and what is retained. */
export async function deleteStack(stage: Stage, stack: Stack): Promise<void> {
  const { cloudFormation } = stage;
  const stuck = stack.status === 'DELETE_FAILED' ? await resourcesOf(stage, stack) : [];
  const RetainResources = stuck
    .filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED')
    .flatMap(({ LogicalResourceId }) => LogicalResourceId ?? []);
  await asking('stack', stack.id, () =>
    cloudFormation.send(
      new DeleteStackCommand({
        StackName: stack.id,
        ...(RetainResources.length > 0 && { RetainResources }),
      }),
    ),
  );
  await awaitStack(stage, stack.id, ['DELETE_COMPLETE']);
}

/** A roll-back that failed goes on from where it stopped. */
export async function continueRollback(stage: Stage, { id }: Stack): Promise<void> {
  await asking('stack', id, () =>
    stage.cloudFormation.send(new ContinueUpdateRollbackCommand({ StackName: id })),
  );
  await awaitStack(stage, id, ['UPDATE_ROLLBACK_COMPLETE']);
}
