/**
 * What the stack of a stage says of itself: its outputs (infra/outputs.yml).
 *
 * @module
 */
import { asking } from '../deployment.ts';
import { namesOf } from './names.ts';

/** @returns `undefined` for one that the stage leaves out. */
export async function outputOf(stage: string, output: string): Promise<string | undefined> {
  // Loaded only now: the SDK takes longer to load than the other commands to run.
  const { CloudFormationClient, DescribeStacksCommand } = await import(
    '@aws-sdk/client-cloudformation'
  );
  const { stack: StackName } = namesOf(stage);
  const client = new CloudFormationClient({});
  const { Stacks = [] } = await asking('stack', StackName, () =>
    client.send(new DescribeStacksCommand({ StackName })),
  );
  client.destroy();
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  return outputs.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
}
