/**
 * The service to be measured: the built bundles over the embedded DynamoDB and the local Secrets
 * Manager, seeded like the local stack, on the real clock.
 *
 * @module
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { cleanups } from '../dev/cleanups.ts';
import { LOCAL_CREDENTIALS } from '../dev/credentials.ts';
import { startDynamoDb } from '../dev/dynamodb.ts';
import { arn, REGION } from '../dev/names.ts';
import { startSecretsManager } from '../dev/secrets-manager.ts';
import { seed } from '../dev/seed.ts';
import type { Table } from '../lib/aws/table.ts';
import type { AuthorizerAnswer } from '../lib/faces/authorizer/answer.ts';
import type { AuthorizerEvent } from '../lib/faces/authorizer/event.ts';
import { type Bundles, buildBundles } from './bundles.ts';
import { type Credential, login } from './events.ts';
import { createTables } from './tables.ts';
import { startWire } from './wire.ts';

export type Endpoint = {
  handler: (event: object, context: object) => Promise<APIGatewayProxyStructuredResultV2>;
};
export type Authorizer = { handler: (event: AuthorizerEvent) => Promise<AuthorizerAnswer> };
export type Service = Awaited<ReturnType<typeof startService>>;

const ISSUER = 'https://auth.example.com';
const SECRET = 'signing-keys';

export async function startService() {
  const closing = cleanups();
  try {
    return await start(closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function start(closing: ReturnType<typeof cleanups>) {
  const bundles = await buildBundles();
  closing.add(bundles.remove);
  const database = await startDynamoDb();
  closing.add(database.stop);
  const wire = await startWire(database.endpoint);
  closing.add(wire.stop);
  const secrets = await startSecretsManager({
    invoke: (_arn, event) =>
      bundles.load<{ handler: (event: unknown) => Promise<void> }>('rotate').handler(event),
  });
  closing.add(secrets.stop);

  const environment = environmentOf(database.endpoint, secrets.endpoint);
  Object.assign(process.env, environment);
  const client = new DynamoDBClient({ endpoint: database.endpoint });
  closing.add(() => client.destroy());
  const counted = new DynamoDBClient({ endpoint: wire.endpoint });
  closing.add(() => counted.destroy());
  const tables = await createTables(client);
  const rotated = await createKeys(secrets.endpoint);
  await secrets.idle();
  await seed({
    endpoint: database.endpoint,
    directoryTable: tables.directory.name,
    sessionsTable: tables.sessions.name,
  });
  return {
    bundles,
    engine: database.engine,
    endpoint: database.endpoint,
    environment,
    issuer: ISSUER,
    tables,
    wire,
    /** The same table, reached over the counting wire. */
    counted: ({ name }: Table): Table => ({ client: counted, name }),
    /** The event of a rotation step that has been done. */
    rotated,
    logIn: signIn(bundles),
    /** Functions loaded and first called in here reach DynamoDB over the counting wire. */
    async overWire<T>(run: () => Promise<T>): Promise<T> {
      process.env['AWS_ENDPOINT_URL_DYNAMODB'] = wire.endpoint;
      try {
        return await run();
      } finally {
        Object.assign(process.env, environment);
      }
    },
    stop: () => closing.run(),
  };
}

/** All that a function finds in its environment; also the whole environment of a fresh process. */
const environmentOf = (dynamodb: string, secretsManager: string): Record<string, string> => ({
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
  ISSUER,
  AUDIENCE: ISSUER,
  DIRECTORY_TABLE: 'directory',
  SESSIONS_TABLE: 'sessions',
  EVENTS_TABLE: 'events',
  SIGNING_KEYS_SECRET: SECRET,
  LOGOUT_QUEUE: 'https://sqs.us-east-1.amazonaws.com/000000000000/logouts',
});

function signIn(bundles: Bundles) {
  const { handler } = bundles.load<Endpoint>('login');
  return async (username: string): Promise<Credential> => {
    const { statusCode, body = '' } = await handler(login(username), {});
    if (statusCode !== 200) throw new Error(`login: ${statusCode} ${body}`);
    const { token, key } = JSON.parse(body) as Credential;
    return { token, key };
  };
}

async function createKeys(endpoint: string): Promise<object> {
  const admin = new SecretsManagerClient({ endpoint });
  await admin.send(new CreateSecretCommand({ Name: SECRET, SecretString: '{"keys":[]}' }));
  const rotation = { SecretId: SECRET, RotationLambdaARN: arn('lambda', 'function:rotate') };
  const { VersionId } = await admin.send(new RotateSecretCommand(rotation));
  admin.destroy();
  return { Step: 'testSecret', SecretId: SECRET, ClientRequestToken: VersionId };
}
