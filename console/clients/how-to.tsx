/**
 * How an application uses its client, in code that runs.
 *
 * @module
 */
import { CommandLine, Stack } from '../app/parts.tsx';
import { settings } from '../app/settings.ts';
import type { Client } from './queries.ts';

export function HowTo({ client }: { client: Client }) {
  const isMachine = client.grants.includes('client_credentials');
  return (
    <Stack>
      {(isMachine ? machine(client) : forUsers(client)).map(([name, code]) => (
        <details key={name}>
          <summary>{name}</summary>
          <CommandLine>{code}</CommandLine>
        </details>
      ))}
    </Stack>
  );
}

type Example = readonly [name: string, code: string];

const machine = ({ id }: Client): Example[] => [
  [
    'curl',
    `curl ${settings.issuer}/oauth/token -u '${id}':"$SECRET" -d grant_type=client_credentials`,
  ],
  [
    'openid-client (Node)',
    `import * as client from 'openid-client';

const config = await client.discovery(new URL('${settings.issuer}'), '${id}', process.env.SECRET);
const { access_token } = await client.clientCredentialsGrant(config);`,
  ],
  [
    'requests-oauthlib (Python)',
    `from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

session = OAuth2Session(client=BackendApplicationClient(client_id="${id}"))
session.fetch_token("${settings.issuer}/oauth/token", client_id="${id}", client_secret=SECRET)`,
  ],
  [
    'golang.org/x/oauth2 (Go)',
    `config := clientcredentials.Config{
	ClientID: "${id}", ClientSecret: secret, TokenURL: "${settings.issuer}/oauth/token",
}
client := config.Client(ctx)`,
  ],
];

const forUsers = ({ id, redirectUris, scopes }: Client): Example[] => {
  const redirect = redirectUris[0] ?? 'https://app.example.com/callback';
  const scope = scopes.join(' ') || 'openid';
  return [
    [
      'openid-client (Node)',
      `import * as client from 'openid-client';

const config = await client.discovery(new URL('${settings.issuer}'), '${id}', process.env.SECRET);
const verifier = client.randomPKCECodeVerifier();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: '${redirect}',
  scope: '${scope}',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});`,
    ],
    [
      'oidc-client-ts (browser)',
      `import { UserManager } from 'oidc-client-ts';

const manager = new UserManager({
  authority: '${settings.issuer}',
  client_id: '${id}',
  redirect_uri: '${redirect}',
  scope: '${scope}',
});
await manager.signinRedirect();`,
    ],
    [
      'Authlib (Python)',
      `oauth.register(
    "latchkey",
    server_metadata_url="${settings.issuer}/.well-known/openid-configuration",
    client_id="${id}",
    client_kwargs={"scope": "${scope}", "code_challenge_method": "S256"},
)`,
    ],
    [
      'golang.org/x/oauth2 (Go)',
      `provider, err := oidc.NewProvider(ctx, "${settings.issuer}")
config := oauth2.Config{
	ClientID: "${id}", Endpoint: provider.Endpoint(), RedirectURL: "${redirect}",
	Scopes: strings.Fields("${scope}"),
}
verifier := oauth2.GenerateVerifier()
url := config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier))`,
    ],
  ];
};
