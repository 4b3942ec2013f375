/**
 * Other people's programs, installed by their own package managers into a folder that is thrown away.
 * Needs python3 with venv, Go, a JDK with Maven, and npm; their versions are pinned beside each program.
 */
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { allDone } from '../../../dev/all-done.ts';

export type Tools = {
  /** The interpreter of an environment with all of python/requirements.txt, whose commands are beside it. */
  python: string;
  go: string;
  java: [string, ...string[]];
  /** Holds node_modules, and the programs of node/. */
  npm: string;
};

const HERE = import.meta.dirname;
const PACKAGES = [
  'express@5.3.0',
  'express-oauth2-jwt-bearer@1.10.0',
  'openapi-typescript@7.13.0',
  'typescript@5.9.3',
];
/** Its store of trusted certificates has a password, which keeps nothing from anybody. */
const STORE_PASSWORD = 'changeit';

/** @param certificate - Of the stack, for who reads no file of certificates. */
export async function installTools(folder: string, certificate: string): Promise<Tools> {
  const [python, go, java, npm] = await allDone([
    installPython(join(folder, 'python')),
    buildGo(join(folder, 'go')),
    buildJava(join(folder, 'java'), certificate),
    installNode(join(folder, 'npm')),
  ]);
  return { python, go, java, npm };
}

async function installPython(folder: string): Promise<string> {
  const python = join(folder, 'bin/python');
  const quiet = ['--quiet', '--disable-pip-version-check'];
  await run(['python3', '-m', 'venv', folder]);
  await run([
    python,
    '-m',
    'pip',
    'install',
    ...quiet,
    '-r',
    join(HERE, 'python/requirements.txt'),
  ]);
  return python;
}

async function buildGo(folder: string): Promise<string> {
  cpSync(join(HERE, 'go'), folder, { recursive: true });
  // So that nothing stays behind that cannot be removed.
  const env = { GOPATH: join(folder, 'path'), GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'auto' };
  await run(['go', 'build', '-o', 'judge', '.'], { cwd: folder, env });
  return join(folder, 'judge');
}

async function buildJava(folder: string, certificate: string): Promise<Tools['java']> {
  cpSync(join(HERE, 'java'), folder, { recursive: true });
  const copy = ['dependency:copy-dependencies', '-DoutputDirectory=lib'];
  await run(['mvn', '--quiet', '--batch-mode', ...copy], { cwd: folder });
  await run(['javac', '-cp', 'lib/*', '-d', 'classes', 'Judge.java'], { cwd: folder });
  const store = join(folder, 'trusted.p12');
  const into = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD];
  await run(['keytool', '-importcert', '-noprompt', '-file', certificate, ...into]);
  const trusted = { trustStore: store, trustStorePassword: STORE_PASSWORD };
  const options = Object.entries(trusted).map(
    ([name, value]) => `-Djavax.net.ssl.${name}=${value}`,
  );
  const classes = [join(folder, 'classes'), join(folder, 'lib/*')].join(':');
  return ['java', ...options, '-cp', classes, 'Judge'];
}

async function installNode(folder: string): Promise<string> {
  cpSync(join(HERE, 'node'), folder, { recursive: true });
  const quiet = ['--silent', '--no-audit', '--no-fund', '--ignore-scripts'];
  await run(['npm', 'install', '--prefix', folder, ...quiet, ...PACKAGES], { cwd: folder });
  return folder;
}

type Ran = { status: number; stdout: string; stderr: string };
type Where = { cwd?: string; env?: Record<string, string> };

/** @throws Error with what it printed, where it ends with another status than 0. */
export async function run(
  command: readonly [string, ...string[]],
  where: Where = {},
): Promise<Ran> {
  const ran = await runToEnd(command, where);
  if (ran.status === 0) return ran;
  throw new Error(`${command[0]} ended with ${ran.status}\n${ran.stdout}${ran.stderr}`);
}

export function runToEnd(
  [command, ...given]: readonly [string, ...string[]],
  { cwd, env = {} }: Where,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const printed = { stdout: '', stderr: '' };
    const child = spawn(command, given, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text;
      });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 99, ...printed }));
  });
}
