/**
 * What the functions run on and lean on: the local Lambda, its queues and its secrets.
 *
 * @module
 */
import { join } from 'node:path';
import { type Endpoints, type LambdaHost, startLambda } from './lambda.ts';
import { type SecretsManager, startSecretsManager } from './secrets-manager.ts';
import { EXAMPLE_CODE } from './services.ts';
import { startSqs } from './sqs.ts';
import { startSts } from './sts.ts';
import type { Stack } from './template.ts';

export interface BackendOptions {
  dynamodb: string;
  apiGateway: string;
  /** The service first. */
  stacks: [Stack, ...Stack[]];
  codeDir: string;
  dataDir: string | undefined;
  log: (line: string) => void;
}

export interface Backend {
  lambda: LambdaHost;
  secrets: SecretsManager;
  endpoints: Endpoints & { sts: string };
  stop(): Promise<void>;
}

export async function startBackend(options: BackendOptions): Promise<Backend> {
  const { dynamodb, apiGateway, stacks, codeDir, dataDir, log } = options;
  // Each needs the other: secrets and queues call functions, which call secrets and queues.
  const late: { lambda?: LambdaHost } = {};
  const invoke = async (name: string, event: unknown) => late.lambda?.invoke(name, event);
  const secrets = await startSecretsManager({
    file: dataDir && join(dataDir, 'secrets.json'),
    invoke,
    log,
  });
  const sqs = await startSqs(stacks[0], { invoke, log });
  const sts = await startSts();
  const endpoints = {
    dynamodb,
    secretsManager: secrets.endpoint,
    sqs: sqs.endpoint,
    sts: sts.endpoint,
    apiGateway,
  };
  const lambda = startLambda({
    stacks: stacks.map((stack, index) => ({
      stack,
      codeDir: index === 0 ? codeDir : EXAMPLE_CODE,
    })),
    endpoints,
    log,
  });
  late.lambda = lambda;
  const stop = async () => {
    await sqs.stop();
    await lambda.stop();
    await secrets.stop();
    await sts.stop();
  };
  return { lambda, secrets, endpoints, stop };
}
