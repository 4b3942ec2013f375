/**
 * Runs the local stack for a person: messages, the commands to try, and an orderly end.
 *
 * @module
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { DOMAIN } from './demo-directory.ts';
import { writeLocalEnv } from './local-env.ts';
import { logFile } from './log-file.ts';
import { readHttps } from './scheme.ts';
import { readSeedFile } from './seed-file.ts';
import { PORTS } from './services.ts';
import { type RunningStack, startStack } from './stack.ts';
import { commandsToTry, howToTrust } from './try.ts';

const DEFAULT_PORT = 3000;
const STOP_WITHIN_MS = 1800;

export async function run(): Promise<void> {
  const aborter = new AbortController();
  const state: { stack?: RunningStack } = {};
  stopOnSignal(aborter, state);
  try {
    const dataDir = resolve(process.env['LATCHKEY_DATA'] ?? '.latchkey');
    const seedFile = process.env['LATCHKEY_SEED'];
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const file = logFile(dataDir);
    const stack = await startStack({
      port: readPort(process.env['PORT']),
      https: readHttps(),
      dataDir,
      more: seedFile ? readSeedFile(seedFile, DOMAIN) : undefined,
      watch: true,
      log: (line) => {
        console.error(line);
        file.line(line);
      },
      observe: file.call,
      signal: aborter.signal,
    });
    state.stack = stack;
    // A signal came while the stack was starting.
    if (aborter.signal.aborted) return await end(stack);
    process.on('exit', writeLocalEnv(dataDir, stack.endpoints));
    console.log(`ready ${stack.urls.service}`);
    if (stack.certificate) console.log(howToTrust(stack.certificate));
    console.log(commandsToTry(stack.urls, stack.certificate));
  } catch (error) {
    if (aborter.signal.aborted) process.exit(0);
    console.error((error as Error).message);
    process.exit(1);
  }
}

function stopOnSignal(aborter: AbortController, state: { stack?: RunningStack }): void {
  const onSignal = () => {
    if (aborter.signal.aborted) process.exit(130);
    aborter.abort();
    // Whatever hangs: nothing is lost by leaving, all that was acknowledged is on disk.
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    if (state.stack) void end(state.stack);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

async function end(stack: RunningStack): Promise<void> {
  try {
    await stack.stop();
  } catch (error) {
    console.error((error as Error).message);
  }
  process.exit(0);
}

function readPort(given = String(DEFAULT_PORT)): number {
  const port = Number(given);
  const last = 65_536 - PORTS;
  if (Number.isInteger(port) && port > 0 && port <= last) return port;
  throw new Error(`PORT has to be a number from 1 to ${last}, not ${given}`);
}
