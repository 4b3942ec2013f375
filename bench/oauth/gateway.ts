/**
 * Latchkey as it runs locally: gateway, functions in workers, readers of the streams, embedded engine.
 *
 * @module
 */
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { REGION } from '../../dev/names.ts';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import { answerWith } from './child.ts';
import { REGISTRATION } from './codes.ts';
import type { Environment } from './ours.ts';

let stack: RunningStack | undefined;

/** @returns Its token endpoint, and what a function that uses the same tables finds in its environment. */
async function start(): Promise<{ url: string; environment: Environment }> {
  stack = await startStack({ more: { clients: [REGISTRATION], users: [] } });
  const { urls, endpoints, tables, signingKeys } = stack;
  return {
    url: `${urls.service}/oauth/token`,
    environment: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
      ISSUER: urls.service,
      AUDIENCE: urls.service,
      DIRECTORY_TABLE: tables.directory,
      SESSIONS_TABLE: tables.sessions,
      EVENTS_TABLE: tables.events,
      SIGNING_KEYS_SECRET: signingKeys,
    },
  };
}

answerWith({ start }, async () => stack?.stop());
