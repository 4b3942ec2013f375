/**
 * The whole service on this machine: engine, secrets, functions and gateways, wired as the compiled
 * templates say.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../build.ts';
import { allDone } from './all-done.ts';
import { startBackend } from './backend.ts';
import { type Certificate, localCertificate } from './certificate.ts';
import { cleanups } from './cleanups.ts';
import { lockDataDir } from './data-dir.ts';
import { type Engine, startDynamoDb } from './dynamodb.ts';
import { startControlPlane } from './gateway/control-plane.ts';
import type { GatewayOptions } from './gateway/http-api.ts';
import type { ApiGateway } from './gateway/server.ts';
import { startGateway } from './gateway/start.ts';
import type { Endpoints, LambdaHost } from './lambda.ts';
import { packageService } from './package.ts';
import { ensureFree, freePorts } from './ports.ts';
import { createSecrets } from './secrets/deploy.ts';
import type { SecretsManager } from './secrets-manager.ts';
import { seed } from './seed.ts';
import type { SeedFile } from './seed-file.ts';
import { BUILD_DIR, PORTS, services } from './services.ts';
import { runEventSource } from './streams/event-source.ts';
import { eventSources } from './streams/event-source-model.ts';
import { createTables } from './tables.ts';
import { resolveStack, type Stack } from './template.ts';
import { watchSources } from './watch.ts';

export interface StackOptions {
  /** The first of five; 0 for free ones. */
  port?: number;
  /** With a certificate that nobody knows; without it, http. */
  https?: boolean;
  /** Without it nothing is kept. */
  dataDir?: string | undefined;
  engine?: Engine | undefined;
  /** Clients and users beside the demo ones. */
  more?: SeedFile | undefined;
  /** The gateways' time, epoch milliseconds; functions have their own. */
  clock?: () => number;
  /** Rebuilds and reloads when a source file changes. */
  watch?: boolean;
  log?: (line: string) => void;
  /** Sees every call of the service, and its answer. */
  observe?: GatewayOptions['observe'];
  signal?: AbortSignal;
}

export interface RunningStack {
  urls: { service: string; http: string; rest: string; websocket: string; graphql: string };
  endpoints: Endpoints;
  tables: { directory: string; sessions: string };
  signingKeys: string;
  /** When it serves https: the file to trust. */
  certificate: string | undefined;
  lambda: LambdaHost;
  secrets: SecretsManager;
  stop(): Promise<void>;
}

export async function startStack(options: StackOptions = {}): Promise<RunningStack> {
  const closing = cleanups();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

type Closing = ReturnType<typeof cleanups>;

async function start(options: StackOptions, closing: Closing): Promise<RunningStack> {
  const { clock = Date.now, log = () => {} } = options;
  const port = options.port || (await freePorts(PORTS));
  await Promise.all(Array.from({ length: PORTS }, (_, index) => ensureFree(port + index)));
  const { dataDir, workDir } = openFolders(options.dataDir, closing);

  const tls = options.https ? await localCertificate(dataDir ?? workDir) : undefined;
  const [database, stacks, codeDir] = await allDone([
    startEngine(options, dataDir, closing),
    compile(issuerAt(port, tls), workDir, options.signal),
    build(options.watch === true, workDir),
  ]);
  const gateways: ApiGateway[] = [];
  const control = await startControlPlane({ gateways: () => gateways, clock, log });
  closing.add(() => control.stop());
  const apiGateway = control.url;
  const parts = {
    dynamodb: database.endpoint,
    apiGateway,
    stacks,
    codeDir,
    dataDir,
    workDir,
    log,
  };
  const { lambda, secrets, endpoints, stop } = await startBackend(parts);
  closing.add(stop);
  if (options.watch) closing.add(await watchSources(lambda, log));

  const [service] = stacks;
  const tables = await fill(options, database.endpoint, secrets, service);
  const listen = { stacks, lambda, endpoint: database.endpoint, port, tls };
  for (const gateway of await listenAndServe(options, listen, closing)) gateways.push(gateway);
  const [main = '', http = '', rest = '', websocket = '', graphql = ''] = gateways.map(
    ({ url }) => url,
  );
  return {
    urls: { service: main, http, rest, websocket, graphql },
    endpoints,
    tables,
    signingKeys: service.ref('SigningKeys'),
    certificate: tls?.file,
    lambda,
    secrets,
    stop: () => closing.run(),
  };
}

/** Tables, keys, and the people and clients of the demonstration. */
async function fill(
  options: StackOptions,
  endpoint: string,
  secrets: SecretsManager,
  service: Stack,
): Promise<RunningStack['tables']> {
  const [made] = await allDone([createTables(endpoint, service), createSecrets(secrets, service)]);
  const { DirectoryTable: directory = '', SessionsTable: sessions = '' } = made;
  await seed({
    endpoint,
    directoryTable: directory,
    sessionsTable: sessions,
    more: options.more,
  });
  return { directory, sessions };
}

type Listening = {
  stacks: readonly Stack[];
  lambda: LambdaHost;
  endpoint: string;
  port: number;
  tls: Certificate | undefined;
};

/** The readers of the streams, and a gateway a stack, each on the next port. */
async function listenAndServe(
  { clock = Date.now, log = () => {}, observe }: StackOptions,
  { stacks, lambda: { invoke }, endpoint, port, tls }: Listening,
  closing: Closing,
): Promise<ApiGateway[]> {
  for (const source of stacks.flatMap(eventSources))
    closing.add(await runEventSource(source, { endpoint, invoke, log }));
  const gateways: ApiGateway[] = [];
  for (const [index, stack] of stacks.entries()) {
    const first = index === 0 ? observe : undefined;
    const options = { stack, invoke, clock, log, tls, observe: first, port: port + index };
    const gateway = await startGateway(options);
    closing.add(() => gateway.stop());
    gateways.push(gateway);
  }
  return gateways;
}

function openFolders(dataDir: string | undefined, closing: Closing) {
  if (dataDir) {
    closing.add(lockDataDir(dataDir));
    return { dataDir, workDir: join(dataDir, 'work') };
  }
  const workDir = mkdtempSync(join(tmpdir(), 'latchkey-'));
  closing.add(() => rmSync(workDir, { recursive: true, force: true }));
  return { dataDir: undefined, workDir };
}

async function startEngine(options: StackOptions, dataDir: string | undefined, closing: Closing) {
  const { engine, log } = options;
  const place = dataDir && join(dataDir, 'dynamodb');
  const database = await startDynamoDb({ engine, dataDir: place, log });
  closing.add(() => database.stop());
  return database;
}

const issuerAt = (port: number, tls: Certificate | undefined): string =>
  `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;

/** The service first: the others import what it exports. */
async function compile(
  issuer: string,
  workDir: string,
  signal = new AbortController().signal,
): Promise<[Stack, ...Stack[]]> {
  const [service, ...others] = services(issuer);
  // The examples are the same for every stack of this checkout.
  const shared = others.map((it) => packageService(it, join(BUILD_DIR, 'packages'), signal));
  const own = packageService(service, join(workDir, 'packages'), signal);
  const [template, ...rest] = await allDone([own, ...shared]);
  const main = resolveStack(template, { name: service.name });
  const examples = rest.map((it, index) =>
    resolveStack(it, { name: others[index]?.name ?? '', imports: main.exports }),
  );
  return [main, ...examples];
}

/** A stack that does not watch has bundles of its own, which no later build replaces under it. */
async function build(watched: boolean, workDir: string): Promise<string> {
  const codeDir = watched ? BUILD_DIR : join(workDir, 'build');
  await buildFunctions({ outdir: join(codeDir, 'functions') });
  return codeDir;
}
