/**
 * The real service in one process: real handlers over the embedded DynamoDB and the local Secrets
 * Manager, each behind a proxy that counts and breaks requests. The clock stands still unless moved.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { inject, vi } from 'vitest';
import { counts } from '../../../dev/cloudwatch/counts.ts';
import { startLogs } from '../../../dev/cloudwatch/log-server.ts';
import type { Line } from '../../../dev/cloudwatch/points.ts';
import { startCloudWatch } from '../../../dev/cloudwatch/server.ts';
import { LOCAL_CREDENTIALS } from '../../../dev/credentials.ts';
import { evaluatePolicy } from '../../../dev/gateway/policy.ts';
import { startSecretsManager } from '../../../dev/secrets-manager.ts';
import type { Secret } from '../../../lib/aws/secret.ts';
import type { Table } from '../../../lib/aws/table.ts';
import { httpCall, request, type Sent } from '../calls/events.ts';
import { holdToDocument } from '../calls/openapi.ts';
import { matchRoute, readRoutes } from '../calls/routes.ts';
import { holdToSentences } from '../calls/said.ts';
import { putItems, ROTATION, SECRET, START, secretsClient } from '../run/beginning.ts';
import { startProxy } from './proxy.ts';
import { EVENT_QUEUE, LOGOUT_QUEUE, MAIL_QUEUE, startLogoutQueue } from './queues.ts';
import { eventReader } from './reader.ts';
import { createEventsTable, createTable } from './tables.ts';

export { START } from '../run/beginning.ts';
export const DECISION_LOG = '/aws/lambda/latchkey-test-authorizer';
export const ISSUER = 'https://auth.example.com';

export type Answer = {
  status: number;
  headers: Record<string, string>;
  /** Values of Set-Cookie. */
  cookies: string[];
  /** Empty where the answer is no JSON. */
  body: Record<string, unknown>;
  text: string;
};
export type Credential = { token: string; key: string };
export type Service = Awaited<ReturnType<typeof startService>>;

type Settings = Record<string, string>;

export async function startService(settings: Settings = {}) {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  const suffix = Math.random().toString(36).slice(2, 10);
  const names = { directory: `directory-${suffix}`, sessions: `sessions-${suffix}` };
  const events = `events-${suffix}`;
  const dynamodb = await startProxy(inject('dynamodb'));
  let rotate = async (_event: unknown): Promise<void> => {};
  const { items, secrets: kept } = inject('beginning');
  const file = secretsFile(kept);
  const manager = await startSecretsManager({ file, invoke: (_arn, event) => rotate(event) });
  const secrets = await startProxy(manager.endpoint);
  let notify = async (_event: unknown): Promise<unknown> => undefined;
  const sqs = await startLogoutQueue((event) => notify(event));
  const queue = await startProxy(sqs.endpoint);
  const counted = counts();
  const watch = await startCloudWatch(counted);
  const cloudWatch = await startProxy(watch.endpoint);
  const logged: Line[] = [];
  const logServer = await startLogs(() => logged);
  const logs = await startProxy(logServer.endpoint);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH: cloudWatch.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
    LOGOUT_QUEUE,
    EVENT_QUEUE,
    MAIL_QUEUE,
    ISSUER,
    AUDIENCE: ISSUER,
    DIRECTORY_TABLE: names.directory,
    SESSIONS_TABLE: names.sessions,
    EVENTS_TABLE: events,
    SIGNING_KEYS_SECRET: SECRET,
    DECISION_LOG,
    ...settings,
  });

  // Around the proxies: what a test itself does is neither counted nor broken.
  const client = new DynamoDBClient({ endpoint: inject('dynamodb') });
  await Promise.all([
    ...Object.values(names).map((name) => createTable(client, name)),
    createEventsTable(client, events),
  ]);
  const functions = await coldStart();
  rotate = (event) => functions.rotate(event as never);
  notify = (event) => functions.notify(event as never);
  const admin = secretsClient(manager.endpoint);
  const rotateKeys = async () => {
    const { VersionId = '' } = await admin.send(
      new RotateSecretCommand({ SecretId: SECRET, RotationLambdaARN: ROTATION }),
    );
    await manager.idle();
    return VersionId;
  };
  const stageRotation = async () => {
    const through = rotate;
    rotate = () => Promise.reject(new Error('the test takes the steps'));
    const version = await rotateKeys();
    rotate = through;
    return version;
  };
  await putItems(client, names.directory, items);
  dynamodb.requests.length = 0;
  secrets.requests.length = 0;

  return {
    ...functions,
    dynamodb,
    secrets,
    queue,
    cloudWatch,
    /** What CloudWatch has counted. */
    counted,
    logs,
    /** What stands in the log of the authorizer. */
    logged,
    rotateKeys,
    /** Waits until no rotation runs. */
    rotationsEnd: () => manager.idle(),
    /** What has happened since goes on its way: as the stream's reader would see to, a moment later. */
    readEvents: eventReader(dynamodb.requests, events, (event) => functions.trail(event as never)),
    /** Announces a version to rotate to and leaves the steps to the test. */
    stageRotation,
    secret: { client: admin, id: SECRET } satisfies Secret,
    tables: {
      directory: { client, name: names.directory } satisfies Table,
      sessions: { client, name: names.sessions } satisfies Table,
      events: { client, name: events } satisfies Table,
    },
    stop: async () => {
      vi.useRealTimers();
      await sqs.stop();
      const proxies = [queue, dynamodb, secrets, cloudWatch, logs];
      await Promise.all([...proxies, manager, watch, logServer].map((part) => part.stop()));
      rmSync(dirname(file), { recursive: true });
    },
  };
}

/** A Secrets Manager's own, since it writes what changes. */
function secretsFile(kept: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'latchkey-secrets-')), 'secrets.json');
  writeFileSync(file, kept, { mode: 0o600 });
  return file;
}

/** New instances of all functions, with empty memories, as after a cold start. */
export async function coldStart() {
  vi.resetModules();
  const [login, logout, authorizer, discovery, rotate, notify, trail] = await Promise.all([
    import('../../../functions/login.ts'),
    import('../../../functions/logout.ts'),
    import('../../../functions/authorizer.ts'),
    import('../../../functions/discovery.ts'),
    import('../../../functions/rotate.ts'),
    import('../../../functions/notify.ts'),
    import('../../../functions/trail.ts'),
  ]);
  const post = async (handler: Handler, route: string, sent: Sent) =>
    parsed(await answerOf(handler, request(route, sent)));
  const routes = readRoutes();
  // It keeps nothing, and takes a tenth of a second to load: loaded when it is asked.
  const names = new Set(routes.map((route) => route.function)).difference(new Set(['openapi']));
  const handlers = new Map(await Promise.all([...names].map(importHandler)));

  return {
    authorizer: authorizer.handler,
    rotate: rotate.handler,
    notify: notify.handler,
    trail: trail.handler,
    /** Any route of serverless.yml, by a call such as `GET /users/1?limit=2`. */
    send: async (call: string, sent: Sent = {}): Promise<Answer> => {
      const [target = '', query = sent.query ?? ''] = call.split('?');
      const found = matchRoute(routes, target);
      if (!found) throw new Error(`no route for ${call}`);
      const { route, parameters } = found;
      const path = target.slice(target.indexOf(' ') + 1);
      const handler = handlers.get(found.function) ?? (await importHandler(found.function))[1];
      const [method = ''] = target.split(' ');
      return post(handler, route, { ...sent, query, method, path, parameters });
    },
    get: (path: string) => post(discovery.handler as Handler, `GET ${path}`, {}),
    postLogin: (sent: Sent) => post(login.handler as Handler, 'POST /login', sent),
    postLogout: (sent: Sent) => post(logout.handler as Handler, 'POST /logout', sent),
    login: async (username: string, password = 'secret'): Promise<Credential> => {
      const { status, body } = await post(login.handler as Handler, 'POST /login', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      });
      if (status !== 200) throw new Error(`login: ${status} ${JSON.stringify(body)}`);
      return { token: String(body['token']), key: String(body['key']) };
    },
    logout: (credential: Credential) =>
      post(logout.handler as Handler, 'POST /logout', { headers: both(credential) }),
    /** A call to another API, as its gateway answers it. */
    call: (credential: Credential, call: string) =>
      outcome(() => authorizer.handler(httpCall(call, both(credential)))),
    /** What a gateway makes of the authorizer's answer to this event. */
    decide: (event: unknown) =>
      outcome(
        () => authorizer.handler(event as never),
        (event as { methodArn?: string } | null)?.methodArn,
      ),
  };
}

/** Every answer of the suite is held against the OpenAPI document here. */
export async function answerOf(
  handler: Handler,
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const answer = await handler(event as never, {} as never);
  holdToDocument(event, answer);
  holdToSentences(answer);
  return answer;
}

async function importHandler(name: string): Promise<[string, Handler]> {
  const { handler } = (await import(`../../../functions/${name}.ts`)) as { handler: Handler };
  return [name, handler];
}

export type Handler = (event: never, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

/** As a client should: 503 is worth another try. A busy machine gives some where many race. */
export async function patiently(send: () => Promise<Answer>): Promise<Answer> {
  const answer = await send();
  return answer.status === 503 ? patiently(send) : answer;
}

export const both = ({ token, key }: Credential) => ({ 'x-access-token': token, 'x-key': key });
export const bearer = ({ token }: Credential) => ({ authorization: `Bearer ${token}` });

export type Outcome = { status: 200 | 401 | 403 | 500; context?: Record<string, string> };

/**
 * What API Gateway makes of an authorizer's answer.
 *
 * @param methodArn - Of a REST API's call, whose answer is a policy.
 */
export async function outcome(
  decide: () => Promise<unknown>,
  methodArn?: string,
): Promise<Outcome> {
  try {
    const answer = (await decide()) as AuthorizerResult;
    const allowed = methodArn
      ? evaluatePolicy(answer.policyDocument, methodArn) === 'allow'
      : answer.isAuthorized;
    if (allowed === true) return { status: 200, context: answer.context ?? {} };
    return { status: allowed === false ? 403 : 500 };
  } catch (error) {
    return { status: (error as Error).message === 'Unauthorized' ? 401 : 500 };
  }
}

type AuthorizerResult = {
  isAuthorized?: unknown;
  policyDocument?: unknown;
  context?: Record<string, string>;
};

function parsed({
  statusCode = 0,
  headers = {},
  cookies = [],
  body = '',
}: APIGatewayProxyStructuredResultV2): Answer {
  const isJson = /^application\/(\w+\+)?json/.test(String(headers['content-type']));
  return {
    status: statusCode,
    headers: headers as Record<string, string>,
    cookies,
    body: (body === '' || !isJson ? {} : JSON.parse(body)) as Record<string, unknown>,
    text: body,
  };
}

/** Moves the standing clock. */
export const advance = (seconds: number): void => {
  vi.setSystemTime(Date.now() + seconds * 1000);
};
