/**
 * The local Lambda: runs the functions of the stacks, each in a worker thread with an environment of
 * its own, as each has its own process on AWS.
 *
 * Errors: `invoke` rejects with a `FunctionError` that carries what Lambda reports to its caller.
 * Not checked: memory size, concurrency limits, IAM.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_CREDENTIALS } from './credentials.ts';
import { arn, functionName, REGION } from './names.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import type { Stack } from './template.ts';

export type Invoke = (nameOrArn: string, event: unknown) => Promise<unknown>;

export interface LambdaHost {
  invoke: Invoke;
  /** New calls get new code; calls in flight end on the old. */
  reload(): void;
  stop(): Promise<void>;
}

/** `apiGateway`: where functions flush the results of authorizers. */
export type Endpoints = {
  dynamodb: string;
  secretsManager: string;
  sqs: string;
  apiGateway?: string;
  eventBridge?: string;
  s3?: string;
  kms?: string;
  cloudWatch?: string;
  logs?: string;
};

export interface LambdaOptions {
  stacks: { stack: Stack; codeDir: string }[];
  endpoints: Endpoints;
  /** Gets every line that a function writes. */
  log?: (line: string) => void;
}

interface FunctionSpec {
  name: string;
  handler: string;
  codeDir: string;
  timeout: number;
  memory: number;
  env: Record<string, string>;
}

const DEFAULT_TIMEOUT = 3;

export function startLambda({ stacks, endpoints, log }: LambdaOptions): LambdaHost {
  const specs = new Map(
    stacks.flatMap(({ stack, codeDir }) =>
      stack.ofType('AWS::Lambda::Function').map((id) => {
        const spec = readFunction(stack.properties(id), codeDir, endpoints);
        return [spec.name, spec] as const;
      }),
    ),
  );
  const live = new Map<string, Sandbox>();
  const all = new Set<Sandbox>();

  const sandboxOf = (spec: FunctionSpec): Sandbox => {
    const running = live.get(spec.name);
    if (running && !running.retired) return running;
    const sandbox = startSandbox({ ...spec, ...locate(spec), arn: functionArn(spec.name), log });
    live.set(spec.name, sandbox);
    all.add(sandbox);
    void sandbox.ended.then(() => all.delete(sandbox));
    return sandbox;
  };

  return {
    async invoke(nameOrArn, event) {
      const spec = specs.get(functionName(nameOrArn));
      if (!spec) throw new Error(`no local stack has the function ${nameOrArn}`);
      return sandboxOf(spec).run(event);
    },
    reload() {
      for (const sandbox of live.values()) sandbox.retire();
      live.clear();
    },
    async stop() {
      await Promise.all([...all].map((sandbox) => sandbox.stop()));
    },
  };
}

const functionArn = (name: string): string => arn('lambda', `function:${name}`);

function readFunction(
  properties: Record<string, unknown>,
  codeDir: string,
  endpoints: LambdaOptions['endpoints'],
): FunctionSpec {
  const { FunctionName, Handler, Timeout, MemorySize, Environment } = properties;
  const variables = (Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables;
  const own = Object.entries(variables ?? {}).map(([key, value]) => [key, String(value)] as const);
  return {
    name: String(FunctionName),
    handler: String(Handler),
    codeDir,
    timeout: Number(Timeout ?? DEFAULT_TIMEOUT) * 1000,
    memory: Number(MemorySize ?? 128),
    env: {
      ...Object.fromEntries(own),
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_LAMBDA_FUNCTION_NAME: String(FunctionName),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize ?? 128),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
      AWS_SESSION_TOKEN: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
      ...(endpoints.apiGateway && {
        AWS_ENDPOINT_URL_API_GATEWAY: endpoints.apiGateway,
        AWS_ENDPOINT_URL_APIGATEWAYV2: endpoints.apiGateway,
      }),
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      ...(endpoints.eventBridge && { AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge }),
      ...(endpoints.s3 && { AWS_ENDPOINT_URL_S3: endpoints.s3 }),
      ...(endpoints.kms && { AWS_ENDPOINT_URL_KMS: endpoints.kms }),
      ...(endpoints.cloudWatch && { AWS_ENDPOINT_URL_CLOUDWATCH: endpoints.cloudWatch }),
      ...(endpoints.logs && { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoints.logs }),
      TZ: ':UTC',
    },
  };
}

/** `functions/login.handler` is the export `handler` of `functions/login.js`, `.mjs` or `.cjs`. */
function locate({ name, handler, codeDir }: FunctionSpec): { file: string; exportName: string } {
  const dot = handler.lastIndexOf('.');
  const base = join(codeDir, handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((ending) => base + ending).find(existsSync);
  if (!file) throw new Error(`${name}: no bundle ${base}.js, .mjs or .cjs`);
  return { file, exportName: handler.slice(dot + 1) };
}
