/**
 * Latchkey as it runs locally: gateway, functions in workers, embedded engine. Also records which
 * requests a grant sends to DynamoDB, for the floor.
 *
 * @module
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import type { SeededClient } from '../../dev/demo-clients.ts';
import { DOMAIN } from '../../dev/demo-directory.ts';
import { REGION } from '../../dev/names.ts';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import type { Table } from '../../lib/aws/table.ts';
import { randomKey, randomSecret } from '../../lib/crypto.ts';
import { readClient } from '../../lib/store/directory/clients.ts';
import { readDomain } from '../../lib/store/directory/domains.ts';
import { normaliseLoginName } from '../../lib/store/directory/login-name.ts';
import { findUserId, readUser } from '../../lib/store/directory/users.ts';
import { BROWSER, saveBrowserSession } from '../../lib/store/sessions/browser-sessions.ts';
import { saveCode } from '../../lib/store/sessions/codes.ts';
import { instant } from '../../lib/time.ts';
import { buildBundles } from '../bundles.ts';
import { request } from '../events.ts';
import type { Endpoint } from '../service.ts';
import { type Exchange, startWire } from '../wire.ts';
import { answerWith } from './child.ts';
import { CLIENT, formOf, GRANTS, type Grant, HEADERS, REDIRECT_URI, SCOPE } from './client.ts';

const USER = 'abc@example.com';
const HOUR = 3600;

let stack: RunningStack | undefined;
const running = (): RunningStack => {
  if (!stack) throw new Error('not started');
  return stack;
};

/** With all the grants that are measured. */
const registration: SeededClient = {
  ...CLIENT,
  name: 'Bench',
  domain: DOMAIN,
  roles: ['api'],
  scopes: [],
  grants: [...GRANTS],
  redirectUris: [REDIRECT_URI],
  pkce: 'optional',
};

async function start() {
  stack = await startStack({ more: { clients: [registration], users: [] } });
  const { urls, endpoints } = stack;
  return { url: `${urls.service}/oauth/token`, endpoint: endpoints.dynamodb };
}

function tablesOf({ endpoints, tables }: RunningStack): { directory: Table; sessions: Table } {
  const client = new DynamoDBClient({
    endpoint: endpoints.dynamodb,
    region: REGION,
    credentials: LOCAL_CREDENTIALS,
  });
  return {
    directory: { client, name: tables.directory },
    sessions: { client, name: tables.sessions },
  };
}

/** As the authorization endpoint leaves them behind. */
async function codes({ count }: { count: number }): Promise<string[]> {
  const { directory, sessions } = tablesOf(running());
  const id = (await findUserId(directory, normaliseLoginName(USER) ?? '')) ?? '';
  const user = await readUser(directory, id);
  const domain = user && (await readDomain(directory, user.domain));
  const client = await readClient(directory, CLIENT.id);
  if (!user || !domain || !client) throw new Error('not seeded');
  const now = Math.floor(Date.now() / 1000);
  const generations = {
    subjectGeneration: user.generation,
    domainGeneration: domain.generation,
  };
  const browser = randomKey();
  await saveBrowserSession(
    sessions,
    { subject: id, key: browser },
    {
      kind: BROWSER,
      client: 'latchkey',
      issuedAt: instant(now),
      expiresAt: instant(now + 24 * HOUR),
      ...generations,
      secretHash: '0'.repeat(64),
      authTime: instant(now),
      ip: '127.0.0.1',
    },
  );
  const issue = async () => {
    const code = randomSecret();
    await saveCode(sessions, code, {
      client: client.id,
      clientGeneration: client.generation,
      redirectUri: REDIRECT_URI,
      subject: id,
      browser,
      ...generations,
      scope: SCOPE,
      authTime: instant(now),
      showAuthTime: false,
      // Made ahead of the measurement, which takes longer than a code's minute.
      validUntil: instant(now + HOUR),
    });
    return code;
  };
  return Promise.all(Array.from({ length: count }, issue));
}

/** What one such grant sends to DynamoDB, warm. */
async function record({ grant, spent }: { grant: Grant; spent: string[] }): Promise<Exchange[]> {
  const { endpoints, tables, signingKeys, urls } = running();
  const wire = await startWire(endpoints.dynamodb);
  const bundles = await buildBundles();
  try {
    Object.assign(process.env, {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: wire.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
      ISSUER: urls.service,
      AUDIENCE: urls.service,
      DIRECTORY_TABLE: tables.directory,
      SESSIONS_TABLE: tables.sessions,
      EVENTS_TABLE: tables.events,
      SIGNING_KEYS_SECRET: signingKeys,
    });
    const { handler } = bundles.load<Endpoint>('token');
    const call = async (one: string | undefined) => {
      const form = new URLSearchParams(formOf(grant, one));
      const { statusCode, body } = await handler(request('POST /oauth/token', HEADERS, form), {});
      if (statusCode !== 200) throw new Error(`${grant}: ${statusCode} ${body}`);
    };
    await call(spent[0]);
    return await wire.during(() => call(spent[1]));
  } finally {
    bundles.remove();
    await wire.stop();
  }
}

answerWith({ start, codes, record }, async () => stack?.stop());
