/**
 * The packaged service on AWS's own runtime, over the engines of the local stack: its tables, its
 * secret, its queues, its bus and its bucket, and what invokes its functions: the gateways, Secrets
 * Manager, the queues and the streams. A function starts when it is first called.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Cleanups, cleanups } from '../../dev/cleanups.ts';
import { startDynamoDb } from '../../dev/dynamodb.ts';
import { apisOf } from '../../dev/gateway/apis.ts';
import { startControlPlane } from '../../dev/gateway/control-plane.ts';
import type { ApiGateway } from '../../dev/gateway/server.ts';
import { startGateway } from '../../dev/gateway/start.ts';
import { functionName } from '../../dev/names.ts';
import { createSecrets } from '../../dev/secrets/deploy.ts';
import { startSecretsManager } from '../../dev/secrets-manager.ts';
import { seed } from '../../dev/seed.ts';
import type { SeedFile } from '../../dev/seed-file.ts';
import { startSqs } from '../../dev/sqs.ts';
import { runEventSource } from '../../dev/streams/event-source.ts';
import { eventSources } from '../../dev/streams/event-source-model.ts';
import { createTables } from '../../dev/tables.ts';
import { resolveStack, type Stack, type Template } from '../../dev/template.ts';
import { type EmulatedFunction, startFunction } from './emulated-function.ts';
import { type Definition, type Endpoints, type Environment, environmentOf } from './environment.ts';
import { startListeners } from './listeners.ts';
import { STACK } from './prepare.ts';
import { sendTo } from './send.ts';

export type EmulatedService = Awaited<ReturnType<typeof startEmulatedService>>;
type Change = { definition?: Partial<Definition>; environment?: Environment; zip?: string };
/** What invoked a function, with what, and how it ended. */
export type Invocation = { name: string; event: unknown; error?: Error };

export function compiledStack(): Stack {
  const file = 'cloudformation-template-update-stack.json';
  const text = readFileSync(join(inject('prepared').packageFolder, file), 'utf8');
  return resolveStack(JSON.parse(text) as Template, { name: STACK });
}

/** By their names in serverless.yml. */
export const definitionsOf = (stack: Stack): Map<string, Definition> =>
  new Map(
    stack.ofType('AWS::Lambda::Function').map((id) => {
      const definition = stack.properties(id) as unknown as Definition;
      return [definition.FunctionName.replace(`${STACK}-`, ''), definition];
    }),
  );

/** @param more - Clients and users beside the demo ones. */
export async function startEmulatedService(more?: SeedFile) {
  const closing = cleanups();
  try {
    return await start(closing, more);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function start(closing: Cleanups, more: SeedFile | undefined) {
  const stack = compiledStack();
  const host = startHost(stack);
  closing.add(host.stop);
  const { invoke } = host;

  const database = await startDynamoDb();
  closing.add(database.stop);
  const secrets = await startSecretsManager({ invoke });
  closing.add(secrets.stop);
  const sqs = await startSqs(stack, { invoke });
  closing.add(sqs.stop);
  const gateways: ApiGateway[] = [];
  const control = await startControlPlane({ gateways: () => gateways, clock: Date.now });
  closing.add(control.stop);
  const { exported, ...listeners } = await startListeners(stack, invoke, closing);
  const endpoints: Endpoints = {
    dynamodb: database.endpoint,
    secretsManager: secrets.endpoint,
    sqs: sqs.endpoint,
    apiGateway: control.url,
    ...listeners,
  };
  host.connect(endpoints);

  const { DirectoryTable: directoryTable = '', SessionsTable: sessionsTable = '' } =
    await createTables(database.endpoint, stack);
  await createSecrets(secrets, stack);
  await seed({ endpoint: database.endpoint, directoryTable, sessionsTable, more });
  for (const source of eventSources(stack))
    closing.add(await runEventSource(source, { endpoint: database.endpoint, invoke }));

  const flushes = { count: 0 };
  const flush = () => {
    flushes.count += 1;
  };
  for (const api of apisOf(stack)) {
    const options = { stack: api, invoke, clock: Date.now, log: () => {}, port: 0 };
    const gateway = await startGateway(options);
    closing.add(gateway.stop);
    gateways.push({ ...gateway, flush });
  }
  const [service = '', administration = ''] = gateways.map(({ url }) => url);
  return {
    ...host,
    stack,
    endpoints,
    secrets,
    flushes,
    exported,
    send: sendTo(service),
    sendToConsole: sendTo(administration),
    stop: closing.run,
  };
}

/** Runs each function of the stack once. */
function startHost(stack: Stack) {
  const definitions = definitionsOf(stack);
  const { packageFolder } = inject('prepared');
  const running = new Map<string, Promise<EmulatedFunction>>();
  const invocations: Invocation[] = [];
  let endpoints: Endpoints | undefined;

  /** @param change - To the environment that the template gives, to the template, or to the code. */
  const startNew = (name: string, change: Change = {}) => {
    const definition = definitions.get(name);
    if (!definition || !endpoints) throw new Error(`no function ${name} yet`);
    const connected = endpoints;
    return startFunction({
      prepared: inject('prepared'),
      definition: { ...definition, ...change.definition },
      zip: change.zip ?? join(packageFolder, `${name}.zip`),
      environment: (taskRoot) => ({
        ...environmentOf(definition, taskRoot, connected),
        ...change.environment,
      }),
    });
  };
  const functionOf = (name: string): Promise<EmulatedFunction> => {
    const found = running.get(name) ?? startNew(name);
    running.set(name, found);
    return found;
  };
  return {
    definitions,
    invocations,
    startNew,
    functionOf,
    connect: (to: Endpoints) => {
      endpoints = to;
    },
    invoke: async (nameOrArn: string, event: unknown): Promise<unknown> => {
      const name = functionName(nameOrArn).replace(`${STACK}-`, '');
      const invocation: Invocation = { name, event };
      invocations.push(invocation);
      try {
        return await (await functionOf(name)).invoke(event);
      } catch (error) {
        invocation.error = error as Error;
        throw error;
      }
    },
    /** Those that have been called. */
    started: () =>
      Promise.all(
        [...running].map(async ([name, it]) => ({
          name,
          emulated: await it,
          definition: definitions.get(name) as Definition,
        })),
      ),
    stop: async () => {
      await Promise.all([...running.values()].map(async (it) => (await it).stop()));
    },
  };
}
