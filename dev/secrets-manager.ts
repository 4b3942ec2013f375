/**
 * A local Secrets Manager: the six actions that the service uses, over the real wire format
 * (AWS JSON 1.1), with the real errors.
 *
 * In memory, or in a file of mode 0600. Answers under a loopback host alone, and who knows the access key of
 * this start. Not checked: signatures, IAM.
 *
 * @module
 */

import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type AwsServer, isLoopback, startAwsServer } from './aws-server.ts';
import { LOCAL_CREDENTIALS } from './credentials.ts';
import type { Invoke } from './lambda.ts';
import { invalid, SecretsError } from './secrets/errors.ts';
import { rotations } from './secrets/rotation.ts';
import { openStore } from './secrets/store.ts';
import {
  type Action,
  createSecret,
  describeSecret,
  getSecretValue,
  putSecretValue,
  updateSecretVersionStage,
} from './secrets/values.ts';

export interface SecretsManager extends AwsServer {
  /** Waits until no rotation runs. */
  idle(): Promise<void>;
}

export interface SecretsManagerOptions {
  file?: string | undefined;
  /** Runs a rotation function. */
  invoke: Invoke;
  port?: number | undefined;
  /** Epoch milliseconds. */
  clock?: (() => number) | undefined;
  log?: ((line: string) => void) | undefined;
}

type Dispatch = (target: string | undefined, body: string) => object;

export async function startSecretsManager(options: SecretsManagerOptions): Promise<SecretsManager> {
  const { file, invoke, port = 0, clock = Date.now, log = () => {} } = options;
  const store = openStore(file);
  const seconds = () => clock() / 1000;
  const { rotate, idle } = rotations(store, invoke, seconds, log);
  const actions: Record<string, Action> = {
    CreateSecret: createSecret,
    DescribeSecret: describeSecret,
    GetSecretValue: getSecretValue,
    PutSecretValue: putSecretValue,
    UpdateSecretVersionStage: updateSecretVersionStage,
    RotateSecret: rotate,
  };
  const dispatch: Dispatch = (target, body) => {
    const name = /^secretsmanager\.(\w+)$/.exec(target ?? '')?.[1] ?? '';
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw new SecretsError('UnknownOperationException', `${target} is not supported`);
    return action(parse(body), store, seconds());
  };
  const server = await startAwsServer(
    (request, response) => void handle(request, response, dispatch, log),
    port,
  );
  return { ...server, idle };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalid('The request is not JSON.');
  }
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  dispatch: Dispatch,
  log: (line: string) => void,
): Promise<void> {
  try {
    if (!isLoopback(request.headers.host)) throw invalid('Only a loopback host is answered.');
    requireKey(request.headers.authorization);
    const body = await text(request);
    send(response, 200, dispatch(request.headers['x-amz-target'] as string | undefined, body));
  } catch (error) {
    if (!(error instanceof SecretsError)) log(`secrets manager: ${(error as Error).stack}`);
    const { code, message } =
      error instanceof SecretsError
        ? error
        : { code: 'InternalServiceError', message: 'An error occurred on the server side.' };
    const status = code === 'InternalServiceError' ? 500 : 400;
    send(response, status, { __type: code, message, Message: message }, code);
  }
}

const CREDENTIAL = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\//;

function requireKey(authorization = ''): void {
  const [, sent = ''] = CREDENTIAL.exec(authorization) ?? [];
  const [known, given] = [LOCAL_CREDENTIALS.accessKeyId, sent].map((key) => Buffer.from(key));
  if (!known || !given || known.length !== given.length || !timingSafeEqual(known, given))
    throw new SecretsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
}

function send(response: ServerResponse, status: number, body: object, code?: string): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
    ...(code && { 'x-amzn-errortype': code }),
  });
  response.end(JSON.stringify(body));
}
