/**
 * Where the console of a stage is, as its stack says.
 *
 * @module
 */
import { asking } from '../deployment.ts';
import { namesOf } from './names.ts';

/** @returns `undefined` where the stage leaves it out. */
export async function consoleUrlOf(stage: string): Promise<string | undefined> {
  // Loaded only now: the SDK takes longer to load than the other commands to run.
  const { CloudFormationClient, DescribeStacksCommand } = await import(
    '@aws-sdk/client-cloudformation'
  );
  const { stack: StackName } = namesOf(stage);
  const client = new CloudFormationClient({});
  const { Stacks = [] } = await asking('stack', StackName, () =>
    client.send(new DescribeStacksCommand({ StackName })),
  );
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  return outputs.find(({ OutputKey }) => OutputKey === 'ConsoleUrl')?.OutputValue;
}
