/**
 * What is deployed, asked of CloudFormation.
 *
 * @module
 */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { ROOT_CREDENTIALS } from './credentials.ts';

export type Resource = { id: string; type: string; physicalId: string };
export type Deployed = { name: string; status: string; resources: Resource[] };

const clientOf = (endpoint: string) =>
  new CloudFormationClient({ endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS });

/** @returns All that have not been removed. */
export async function stacksOf(endpoint: string): Promise<Deployed[]> {
  const { Stacks = [] } = await clientOf(endpoint).send(new DescribeStacksCommand());
  return Promise.all(
    Stacks.map(async ({ StackName: name = '', StackStatus: status = '' }) => ({
      name,
      status,
      resources: await resourcesOf(endpoint, name),
    })),
  );
}

export async function describe(endpoint: string, StackName: string): Promise<Stack | undefined> {
  const client = clientOf(endpoint);
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0];
  } catch (error) {
    if (/does not exist/.test(String(error))) return undefined;
    throw error;
  }
}

export async function resourcesOf(endpoint: string, StackName: string): Promise<Resource[]> {
  const client = clientOf(endpoint);
  const found: Resource[] = [];
  for (let NextToken: string | undefined, first = true; first || NextToken; first = false) {
    const page = await client.send(
      new ListStackResourcesCommand({ StackName, ...(NextToken && { NextToken }) }),
    );
    for (const one of page.StackResourceSummaries ?? [])
      found.push({
        id: one.LogicalResourceId ?? '',
        type: one.ResourceType ?? '',
        physicalId: one.PhysicalResourceId ?? '',
      });
    NextToken = page.NextToken;
  }
  return found;
}

/** Where the emulator serves the API of a stack: an HTTP API, a REST API or a WebSocket API. */
export async function addressOf(endpoint: string, stack: string): Promise<string> {
  const resources = await resourcesOf(endpoint, stack);
  const apis = resources.filter(({ type }) => /::ApiGateway(V2)?::(Api|RestApi)$/.test(type));
  // The console's is another of the same stack.
  const api = apis.find(({ id }) => id === 'HttpApi') ?? apis[0];
  const [, stage = ''] = /-([a-z]+)$/.exec(stack) ?? [];
  if (!api) throw new Error(`${stack} has no API`);
  return `${endpoint}/_aws/execute-api/${api.physicalId}/${api.id === 'HttpApi' ? '$default' : stage}`;
}
