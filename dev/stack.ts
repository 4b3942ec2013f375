/**
 * The whole service on this machine: engine, secrets, functions and gateways, wired as the compiled
 * templates say.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allDone } from './all-done.ts';
import { startBackend } from './backend.ts';
import { bundle, digestOfSources } from './bundles.ts';
import { type Certificate, localCertificate } from './certificate.ts';
import { type Cleanups, cleanups } from './cleanups.ts';
import { meter } from './cloudwatch/meter.ts';
import { compile } from './compile.ts';
import { lockDataDir } from './data-dir.ts';
import { type Engine, startDynamoDb } from './dynamodb.ts';
import { startControlPlane } from './gateway/control-plane.ts';
import type { GatewayOptions } from './gateway/http-api.ts';
import type { ApiGateway } from './gateway/server.ts';
import type { Endpoints, LambdaHost } from './lambda.ts';
import { listen } from './listen.ts';
import { startMailbox } from './mailbox.ts';
import { ensureFree, freePorts } from './ports.ts';
import { progress } from './progress.ts';
import { createSecrets } from './secrets/deploy.ts';
import type { SecretsManager } from './secrets-manager.ts';
import { seed } from './seed.ts';
import type { SeedFile } from './seed-file.ts';
import { consoleAt, PORTS, portOf } from './services.ts';
import { createTables } from './tables.ts';
import type { Stack } from './template.ts';
import { watchSources } from './watch.ts';

export interface StackOptions {
  /** The first of eight; 0 for free ones. */
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
  urls: Record<
    'service' | 'http' | 'rest' | 'websocket' | 'graphql' | 'console' | 'mailbox',
    string
  >;
  /** `smtp`: the port on which mails are caught. */
  endpoints: Endpoints & { sts: string; smtp: number };
  tables: { directory: string; sessions: string; events: string };
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

async function start(options: StackOptions, closing: Cleanups): Promise<RunningStack> {
  const { clock = Date.now, log = () => {}, observe } = options;
  const port = options.port || (await freePorts(PORTS));
  await Promise.all(Array.from({ length: PORTS }, (_, index) => ensureFree(port + index)));
  const { dataDir, workDir } = openFolders(options.dataDir, closing);

  const tls = options.https ? await localCertificate(dataDir ?? workDir) : undefined;
  const digest = digestOfSources();
  const [database, stacks, codeDir] = await allDone([
    progress(log, 'starting the database', startEngine(options, dataDir, closing)),
    progress(log, 'compiling serverless.yml', compile(issuerAt(port, tls), options.signal)),
    progress(log, 'building the functions and the console', bundle(digest, options.watch === true)),
  ]);
  const gateways: ApiGateway[] = [];
  const control = await startControlPlane({ gateways: () => gateways, clock, log });
  closing.add(() => control.stop());
  const apiGateway = control.url;
  const [service] = stacks;
  const metrics = meter(service, dataDir);
  const parts = {
    ...{ dynamodb: database.endpoint, apiGateway, stacks, codeDir, dataDir, workDir },
    counts: metrics.counts,
    lines: metrics.lines,
    log: (line: string) => {
      metrics.line(line);
      log(line);
    },
  };
  const mailbox = await startMailbox({ page: portOf(port, 'mailbox'), smtp: portOf(port, 'smtp') });
  closing.add(() => mailbox.stop());
  const { stop, ...backend } = await startBackend(parts);
  closing.add(stop);

  const consoleUrl = consoleAt(issuerAt(port, tls));
  const filling = fill({ ...options, consoleUrl }, database.endpoint, backend.secrets, service);
  const tables = await progress(
    log,
    'making tables, keys and the people of the demonstration',
    filling,
  );
  const { invoke } = backend.lambda;
  const listening = { stacks, invoke, endpoint: database.endpoint, port, tls, clock, log, observe };
  gateways.push(...(await listen(listening, closing)));
  if (options.watch) closing.add(watchSources(backend.lambda, { digest, log }));
  return {
    ...backend,
    endpoints: { ...backend.endpoints, smtp: portOf(port, 'smtp') },
    urls: { ...urlsOf(gateways), mailbox: mailbox.url },
    tables,
    signingKeys: service.ref('SigningKeys'),
    certificate: tls?.file,
    stop: () => closing.run(),
  };
}

/** In the order of services.ts. */
function urlsOf(gateways: readonly ApiGateway[]) {
  const urls = gateways.map(({ url }) => url);
  const [service = '', http = '', rest = '', websocket = '', graphql = '', console = ''] = urls;
  return { service, http, rest, websocket, graphql, console };
}

/** Tables, keys, and the people and clients of the demonstration. */
async function fill(
  options: StackOptions & { consoleUrl: string },
  endpoint: string,
  secrets: SecretsManager,
  service: Stack,
): Promise<RunningStack['tables']> {
  const [made] = await allDone([createTables(endpoint, service), createSecrets(secrets, service)]);
  const {
    DirectoryTable: directory = '',
    SessionsTable: sessions = '',
    EventsTable: events = '',
  } = made;
  await seed({
    endpoint,
    directoryTable: directory,
    sessionsTable: sessions,
    consoleUrl: options.consoleUrl,
    more: options.more,
  });
  return { directory, sessions, events };
}

function openFolders(dataDir: string | undefined, closing: Cleanups) {
  if (dataDir) {
    closing.add(lockDataDir(dataDir));
    return { dataDir, workDir: join(dataDir, 'work') };
  }
  const workDir = mkdtempSync(join(tmpdir(), 'latchkey-'));
  closing.add(() => rmSync(workDir, { recursive: true, force: true }));
  return { dataDir: undefined, workDir };
}

async function startEngine(options: StackOptions, dataDir: string | undefined, closing: Cleanups) {
  const { engine, log } = options;
  const place = dataDir && join(dataDir, 'dynamodb');
  const database = await startDynamoDb({ engine, dataDir: place, log });
  closing.add(() => database.stop());
  return database;
}

const issuerAt = (port: number, tls: Certificate | undefined): string =>
  `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
