/**
 * One Lambda sandbox: loads a function's bundle and runs its handler for each message.
 *
 * In:  { id, event, deadline } with `deadline` in epoch milliseconds
 * Out: { id, result } with the JSON text Lambda would answer, or { id, error }
 *
 * A bundle that does not load throws here, which ends the worker: its host fails the calls, and the
 * next invoke starts a new one, as Lambda does after a failed init.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

type Handler = (event: unknown, context: unknown) => unknown;
type Call = { id: number; event: unknown; deadline: number };

const { file, exportName, functionName, arn, memory } = workerData as Record<string, string>;
const port = parentPort;
if (!port) throw new Error('lambda-worker.ts runs as a worker thread only');

const loaded: Promise<Handler> = import(pathToFileURL(String(file)).href).then((module) => {
  const handler = module[String(exportName)] ?? module.default?.[String(exportName)];
  if (typeof handler === 'function') return handler as Handler;
  throw Object.assign(new Error(`${file}.${exportName} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
});

const context = (deadline: number) => ({
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn,
  memoryLimitInMB: memory,
  awsRequestId: randomUUID(),
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

const describe = (error: unknown) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stack: error.stack }
    : { errorType: typeof error, errorMessage: String(error), stack: undefined };

async function run({ id, event, deadline }: Call): Promise<void> {
  const handler = await loaded;
  try {
    // The runtime serialises: what JSON cannot carry does not leave a Lambda function.
    port?.postMessage({
      id,
      result: JSON.stringify((await handler(event, context(deadline))) ?? null),
    });
  } catch (error) {
    port?.postMessage({ id, error: describe(error) });
  }
}

port.on('message', (call: Call) => void run(call));
