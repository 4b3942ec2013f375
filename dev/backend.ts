/**
 * What the functions run on and lean on: the local Lambda, its queues and its secrets, the event bus, and
 * where events are exported to.
 *
 * @module
 */
import { join } from 'node:path';
import { startBuckets } from './bucket.ts';
import type { Counts } from './cloudwatch/counts.ts';
import { startLogs } from './cloudwatch/log-server.ts';
import type { Meter } from './cloudwatch/meter.ts';
import { startCloudWatch } from './cloudwatch/server.ts';
import { startEventBus } from './event-bus.ts';
import { type Endpoints, type LambdaHost, startLambda } from './lambda.ts';
import { runSchedules } from './schedules.ts';
import { type SecretsManager, startSecretsManager } from './secrets-manager.ts';
import { EXAMPLE_CODE } from './services.ts';
import { startSigningService } from './signing-service.ts';
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
  /** What is in it need not outlive the stack. */
  workDir: string;
  /** Of what is logged. */
  counts: Counts;
  /** What was logged. */
  lines: Meter['lines'];
  log: (line: string) => void;
}

export interface Backend {
  lambda: LambdaHost;
  secrets: SecretsManager;
  endpoints: Endpoints & { sts: string };
  stop(): Promise<void>;
}

export async function startBackend(options: BackendOptions): Promise<Backend> {
  const { dynamodb, apiGateway, stacks, codeDir, dataDir, workDir, counts, lines, log } = options;
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
  const bus = await startEventBus(stacks, { invoke, log });
  const buckets = await startBuckets(join(dataDir ?? workDir, 'buckets'));
  const signing = await startSigningService(dataDir && join(dataDir, 'export-key.pem'));
  const cloudWatch = await startCloudWatch(counts);
  const logs = await startLogs(lines);
  const endpoints = {
    dynamodb,
    secretsManager: secrets.endpoint,
    sqs: sqs.endpoint,
    sts: sts.endpoint,
    apiGateway,
    eventBridge: bus.endpoint,
    s3: buckets.endpoint,
    kms: signing.endpoint,
    cloudWatch: cloudWatch.endpoint,
    logs: logs.endpoint,
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
  const endSchedules = runSchedules(stacks[0], { invoke, log });
  const stop = async () => {
    endSchedules();
    await sqs.stop();
    await lambda.stop();
    const parts = [secrets, sts, bus, buckets, signing, cloudWatch, logs];
    await Promise.all(parts.map((part) => part.stop()));
  };
  return { lambda, secrets, endpoints, stop };
}
