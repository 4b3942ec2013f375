/**
 * oidc-provider as it would be deployed for the same promise: clients, codes, grants and access tokens
 * in the same engine, so that all of them can be revoked. With `memory` it keeps them in its own
 * memory, and signs access tokens that nobody can revoke.
 *
 * @module
 */
import { generateKeyPairSync } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import Provider, { type Configuration } from 'oidc-provider';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { REGION } from '../../dev/names.ts';
import { serve } from './bare.ts';
import { answerWith } from './child.ts';
import { CLIENT, REDIRECT_URI, SCOPE } from './client.ts';
import { adapterOn, createPeerTable, inMemory } from './peer-adapter.ts';

const ACCOUNT = 'account';
const METADATA = {
  client_id: CLIENT.id,
  client_secret: CLIENT.secret,
  redirect_uris: [REDIRECT_URI],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  response_types: ['code' as const],
};
const RESOURCE = 'urn:api';

let provider: Provider;
/** Whose tokens are JWTs. */
let resource: string | undefined;
let server: Awaited<ReturnType<typeof serve>> | undefined;

const keys = () => [
  {
    ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'RS256',
  },
  {
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'ES256',
  },
];

const configuration = (): Configuration => ({
  jwks: { keys: keys() },
  scopes: ['openid', 'offline_access'],
  pkce: { required: () => false },
  features: {
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
    devInteractions: { enabled: false },
  },
  ttl: {
    AuthorizationCode: 3600,
    AccessToken: 3600,
    ClientCredentials: 3600,
    Grant: 86_400,
    RefreshToken: 86_400,
    IdToken: 3600,
  },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});

/** Access tokens as JWTs, for whoever wants none stored. */
const selfContained = (): Configuration => ({
  adapter: inMemory(),
  clients: [METADATA],
  features: {
    ...configuration().features,
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: SCOPE,
        audience: RESOURCE,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});

async function start({ endpoint, memory }: { endpoint: string; memory: boolean }): Promise<string> {
  resource = memory ? RESOURCE : undefined;
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  if (!memory) await createPeerTable(client);
  const adapter = adapterOn(client);
  const stored = memory ? selfContained() : { adapter };
  provider = new Provider('http://127.0.0.1', { ...configuration(), ...stored });
  provider.on('server_error', (_context, error) => console.error(error));
  if (!memory) await new adapter('Client').upsert(CLIENT.id, METADATA);
  server = await serve(provider.callback());
  return `${server.url}/token`;
}

const codes = ({ count }: { count: number }): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, code));

async function code(): Promise<string> {
  const client = await provider.Client.find(CLIENT.id);
  if (!client) throw new Error('no such client');
  const grant = new provider.Grant({ accountId: ACCOUNT, clientId: CLIENT.id });
  grant.addOIDCScope(SCOPE);
  grant.addResourceScope(RESOURCE, SCOPE);
  const grantId = await grant.save();
  const issued = new provider.AuthorizationCode({
    accountId: ACCOUNT,
    client,
    grantId,
    redirectUri: REDIRECT_URI,
    scope: SCOPE,
    authTime: Math.floor(Date.now() / 1000),
    claims: {},
    gty: 'authorization_code',
    ...(resource && { resource }),
  } as never);
  return issued.save();
}

answerWith({ start, codes }, async () => server?.stop());
