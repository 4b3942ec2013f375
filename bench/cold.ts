/**
 * The cold start of each bundle in a fresh process, under the options that Lambda starts Node with, against
 * a default bundle (default.ts) that gets one item. Node's own start is not in the figures: it is the same
 * for all.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { lambdaNodeOptions } from '../build/code-cache/code-cache.ts';
import { MEMORY } from './bundles.ts';
import { authorizerCall, issuance, login, logout, request } from './events.ts';
import { enlarge } from './large.ts';
import { printTable, type Target } from './report.ts';
import { type Service, startService } from './service.ts';
import { median } from './statistics.ts';

const ROUNDS = 17;
/** Load and first request, to the default. */
const LIMITS = { authorizer: 0.5, [cached('authorizer')]: 0.45, login: 1, token: 0.6 };
/** Measured with a large directory, too. */
const LARGE = ['authorizer', cached('authorizer')];
/** Measured with V8's code cache, too. */
const CACHED = ['authorizer', 'login', 'token'];
const USER = '200@mydomain.com';

const run = promisify(execFile);

/** CommonJS by way of `-e`, since an ESM entry point loads modules of its own. */
const SCRIPT = `
  const [bundle, event] = process.argv.slice(1);
  const started = performance.now();
  const { handler } = require(bundle);
  const loaded = performance.now();
  handler(JSON.parse(event), {}).then((answer) => {
    const answered = performance.now();
    // What is left of a long answer when a process ends may be half of it.
    if (answer?.body) answer.body = '';
    console.log(JSON.stringify({ load: loaded - started, both: answered - started, answer }));
    process.exit();
  });
`;

function cached(name: string): string {
  return `${name}, code cache`;
}

type Start = { load: number; both: number };
type Candidate = { event: () => object | Promise<object>; succeeded: (answer: never) => boolean };
/** `files`: the one that is loaded, and what that reads. */
type Runner = Candidate & { files: string[] };

const ok = ({ statusCode }: { statusCode: number }): boolean => statusCode === 200;

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const CLIENT = { client_id: 'demo-api', client_secret: 'demo-api-password' };
const AUTHORIZATION = new URLSearchParams({
  response_type: 'code',
  client_id: 'demo-web',
  scope: 'openid',
  redirect_uri: 'http://127.0.0.1:9999/callback',
});

const answering =
  (status: number) =>
  ({ statusCode }: { statusCode: number }): boolean =>
    statusCode === status;

const candidates = (service: Service): Record<string, Candidate> => ({
  default: {
    event: () => ({ pk: 'domain#mydomain.com', sk: 'domain' }),
    succeeded: ({ Item }: { Item?: object }) => Item !== undefined,
  },
  authorizer: {
    event: async () => authorizerCall('GET /book/1', await service.logIn(USER)),
    succeeded: ({ isAuthorized }: { isAuthorized: boolean }) => isAuthorized,
  },
  login: { event: () => login(USER), succeeded: ok },
  logout: { event: async () => logout(await service.logIn(USER)), succeeded: ok },
  discovery: { event: () => request('GET /.well-known/jwks.json'), succeeded: ok },
  token: { event: () => issuance.mluvii(), succeeded: ok },
  inspect: {
    event: () =>
      request('POST /oauth/introspect', FORM, new URLSearchParams({ token: 'x', ...CLIENT })),
    succeeded: ok,
  },
  // The login page.
  signin: {
    event: () => ({ ...request('GET /oauth/authorize'), rawQueryString: `${AUTHORIZATION}` }),
    succeeded: ok,
  },
  signout: { event: () => request('GET /session/end'), succeeded: ok },
  // Nobody calls: nothing is read.
  users: { event: () => request('GET /user'), succeeded: answering(401) },
  webitel: { event: () => request('GET /api/v2/whoami'), succeeded: answering(401) },
  openapi: { event: () => request('GET /openapi.json'), succeeded: ok },
  front: { event: () => request('GET /'), succeeded: ok },
  notify: { event: () => ({ Records: [] }), succeeded: (answer) => answer !== undefined },
  // A step of a rotation that has ended: one request to Secrets Manager.
  rotate: { event: () => service.rotated, succeeded: (answer) => answer === undefined },
});

export async function measureCold(service: Service): Promise<Target[]> {
  const targets = await measure(service, await runners(service));
  console.log('\nWith 10,000 resources and 2,000 roles:\n');
  return [...targets, ...(await measureLarge(service))];
}

/** In tables of its own, since other parts count what they read of the service's. */
async function measureLarge({ environment }: Service): Promise<Target[]> {
  const large = await startService();
  try {
    await enlarge(large.tables.directory);
    const all = Object.entries(await runners(large));
    const asked = all.filter(([name]) => ['default', ...LARGE].includes(name));
    const targets = await measure(large, Object.fromEntries(asked));
    return targets.map((target) => ({ ...target, name: `${target.name}, large` }));
  } finally {
    await large.stop();
    Object.assign(process.env, environment);
  }
}

async function measure(
  { environment }: Service,
  named: Readonly<Record<string, Runner>>,
): Promise<Target[]> {
  const all = Object.entries(named);
  const starts = new Map<string, Start[]>(all.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, runner] of all) starts.get(name)?.push(await startOnce(environment, runner));
  }
  const times = (name: string, part: keyof Start) => (starts.get(name) ?? []).map((it) => it[part]);
  const ratio = (name: string, part: keyof Start) =>
    median(times(name, part).map((own, round) => own / (times('default', part)[round] ?? 0)));
  printTable(
    ['bundle', 'size', 'load', 'ratio', 'load and first request', 'ratio'],
    all.map(([name, { files }]) => [
      name,
      `${Math.round(sizeOf(files) / 1024)} KB`,
      ...(['load', 'both'] as const).flatMap((part) => [
        `${median(times(name, part)).toFixed(0)} ms`,
        ratio(name, part).toFixed(2),
      ]),
    ]),
  );
  const limited = Object.entries(LIMITS).filter(([name]) => Object.hasOwn(named, name));
  return limited.map(([name, limit]) => ({
    name: `cold ${name}, load and first request to the default`,
    measured: ratio(name, 'both'),
    limit,
  }));
}

const sizeOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + statSync(file).size, 0);

async function runners(service: Service): Promise<Record<string, Runner>> {
  const { bundles } = service;
  const named = candidates(service);
  const all = Object.entries(named).map(([name, it]): [string, Runner] => [
    name,
    { ...it, files: [bundles.path(name)] },
  ]);
  const withCache = CACHED.map(async (name): Promise<[string, Runner]> => {
    const files = await bundles.withCache(name);
    return [cached(name), { ...(named[name] as Candidate), files }];
  });
  return Object.fromEntries([...all, ...(await Promise.all(withCache))]);
}

async function startOnce(
  environment: Record<string, string>,
  { files: [entry = ''], event, succeeded }: Runner,
): Promise<Start> {
  const words = ['--input-type=commonjs', '-e', SCRIPT, entry, JSON.stringify(await event())];
  const args = [...lambdaNodeOptions(MEMORY), ...words];
  const { stdout } = await run(process.execPath, args, { env: environment });
  // A function's own log lines come before.
  const figures = stdout.trim().split('\n').at(-1) ?? '';
  const { answer, ...start } = JSON.parse(figures) as Start & { answer: never };
  if (!succeeded(answer)) throw new Error(`${entry}: ${stdout}`);
  return start;
}
