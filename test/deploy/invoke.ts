/**
 * Runs a built bundle as Lambda does: a fresh process, credentials in the environment, one event.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** CommonJS by way of `-e`, since an ESM entry point loads modules of its own. */
const SCRIPT = `
  const [bundle, event] = process.argv.slice(1);
  const { handler } = require(bundle);
  const started = performance.now();
  Promise.resolve(event ? handler(JSON.parse(event), {}) : undefined)
    .catch((error) => ({ failed: String(error) }))
    .then((answer) => {
      const milliseconds = performance.now() - started;
      const loaded = process.moduleLoadList;
      console.log('\\n' + JSON.stringify({ answer, milliseconds, loaded }));
      process.exit();
    });
`;

/** `loaded`: of Node's own modules, by then. */
export type Invocation = { answer: unknown; milliseconds: number; loaded: string[] };

/** The credentials are made up; nothing of this process's own environment reaches the bundle. */
export async function invoke(
  bundle: string,
  event?: object,
  awsEndpoint = 'http://127.0.0.1:1',
  { node = process.execPath, flags = [] as readonly string[], environment = {} } = {},
): Promise<Invocation> {
  const words = ['--input-type=commonjs', '-e', SCRIPT, bundle, event ? JSON.stringify(event) : ''];
  const { stdout } = await run(node, [...flags, ...words], {
    env: {
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_SESSION_TOKEN: 'session-token-of-the-role',
      AWS_ENDPOINT_URL_DYNAMODB: awsEndpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: awsEndpoint,
      ISSUER: 'https://issuer.example',
      STAGE: 'dev',
      AUDIENCE: 'https://issuer.example',
      DIRECTORY_TABLE: 'directory',
      SESSIONS_TABLE: 'sessions',
      EVENTS_TABLE: 'events',
      SIGNING_KEYS_SECRET: 'signing-keys',
      DECISION_LOG: '/aws/lambda/latchkey-test-authorizer',
      LOGOUT_QUEUE: 'https://sqs.eu-west-2.amazonaws.com/000000000000/logout',
      EVENT_QUEUE: 'https://sqs.eu-west-2.amazonaws.com/000000000000/events.fifo',
      MAIL_QUEUE: 'https://sqs.eu-west-2.amazonaws.com/000000000000/mail',
      EVENT_BUS: 'events',
      EVENT_SOURCE: 'latchkey.dev',
      EXPORT_KEY: 'export',
      METRIC_NAMESPACE: 'latchkey-dev',
      ...environment,
    },
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

type AwsRequest = { headers: IncomingHttpHeaders; target: string; body: string };
export type AwsAnswer = { status: number; body: object } | 'never';

/** Answers in the order given, then with the last one; keeps what it was asked. */
export async function fakeAws(answers: AwsAnswer[]) {
  const requests: AwsRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const target = String(request.headers['x-amz-target']);
    requests.push({ headers: request.headers, target, body });
    answer(response, answers[Math.min(requests.length, answers.length) - 1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, [Symbol.asyncDispose]: stop };
}

function answer(response: ServerResponse, given: AwsAnswer | undefined): void {
  if (!given || given === 'never') return;
  response.writeHead(given.status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(given.body));
}
