/**
 * The environment of a function: what the compiled template gives it, what Lambda itself sets, and
 * where AWS is. Nothing of this process's own.
 *
 * @module
 * @see AWS Lambda Developer Guide, "Defined runtime environment variables"
 */
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { REGION } from '../../dev/names.ts';

export type Endpoints = {
  dynamodb: string;
  secretsManager: string;
  sqs: string;
  apiGateway: string;
  eventBridge: string;
  s3: string;
  kms: string;
};

/** Of the template, resolved. */
export type Definition = {
  FunctionName: string;
  Handler: string;
  Runtime: string;
  MemorySize: number;
  Timeout: number;
  Environment?: { Variables?: Record<string, unknown> };
};

export type Environment = Record<string, string>;

export function environmentOf(
  definition: Definition,
  taskRoot: string,
  endpoints: Endpoints,
): Environment {
  const variables = Object.entries(definition.Environment?.Variables ?? {});
  return {
    ...Object.fromEntries(variables.map(([name, value]) => [name, String(value)])),
    ...setByLambda(definition, taskRoot),
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_API_GATEWAY: endpoints.apiGateway,
    AWS_ENDPOINT_URL_APIGATEWAYV2: endpoints.apiGateway,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_KMS: endpoints.kms,
  };
}

/** But for what the emulator adds: the handler's name, and where the runtime API is. */
const setByLambda = (definition: Definition, taskRoot: string): Environment => ({
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_EXECUTION_ENV: `AWS_Lambda_${definition.Runtime}`,
  AWS_LAMBDA_FUNCTION_NAME: definition.FunctionName,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.MemorySize),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  // The emulator's own: Lambda says it nowhere but here.
  AWS_LAMBDA_FUNCTION_TIMEOUT: String(definition.Timeout),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.FunctionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0',
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: 'local',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
  LAMBDA_TASK_ROOT: taskRoot,
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  LANG: 'en_US.UTF-8',
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  TZ: ':UTC',
});
