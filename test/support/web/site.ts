/** The running stack with a client's web site beside it, both by http or both by https. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCertificate } from '../../../dev/certificate.ts';
import { DOMAIN } from '../../../dev/demo-directory.ts';
import { freePort } from '../../../dev/ports.ts';
import { startStack } from '../../../dev/stack.ts';
import { type RelyingParty, startRelyingParty } from './relying-party.ts';
import { trust } from './trust.ts';

export const ALICE = { username: 'abc@example.com', password: 'abc321' };
export const BOB = { username: '200@mydomain.com', password: 'secret' };

/** Of RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

export type Site = Awaited<ReturnType<typeof startSite>>;
type Parameters = Record<string, string>;

export async function startSite({ https }: { https: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-site-'));
  const client = await startRelyingParty(https ? await localCertificate(folder) : undefined);
  const application = `http://127.0.0.1:${await freePort()}`;
  const clients = [...clientsAt(client), exampleAt(application)];
  const stack = await startStack({ https, more: { clients, users: [] } });
  const distrust = stack.certificate && trust(readFileSync(stack.certificate, 'utf8'));
  const { service, http: api } = stack.urls;

  return {
    client,
    service,
    /** Of all parts of the stack. */
    urls: stack.urls,
    tables: stack.tables,
    endpoints: stack.endpoints,
    /** The example HTTP API, and where the example application may be. */
    api,
    application,
    /** Where the client sends a browser: `asking` has to ask its users, `trusted` need not. */
    authorize: (id: 'asking' | 'trusted', more: Parameters = {}): string =>
      `${service}/oauth/authorize?${new URLSearchParams({
        client_id: id,
        redirect_uri: `${client.origin}/callback`,
        response_type: 'code',
        scope: 'openid email',
        state: 'af0ifjsldkj',
        code_challenge: CHALLENGE,
        code_challenge_method: 'S256',
        ...more,
      })}`,
    /** What the client does with a code, and what it gets for it. */
    redeem: async (id: string, code = '', path = '/callback') => {
      const answer = await fetch(`${service}/oauth/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${id}:${id}-secret`)}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          redirect_uri: client.origin + path,
          code_verifier: VERIFIER,
        }),
      });
      return { status: answer.status, body: (await answer.json()) as Parameters };
    },
    async stop() {
      if (distrust) distrust();
      client.stop();
      rmSync(folder, { recursive: true, force: true });
      await stack.stop();
    },
  };
}

const exampleAt = (origin: string) => ({
  id: 'example',
  name: 'Example',
  secret: 'example-secret',
  domain: DOMAIN,
  roles: [],
  scopes: ['cdr:r'],
  redirectUris: [`${origin}/callback`],
  postLogoutRedirectUris: [`${origin}/bye`],
  consent: 'ask' as const,
});

const clientsAt = ({ origin }: RelyingParty) =>
  (['asking', 'trusted'] as const).map((id) => ({
    id,
    name: id === 'asking' ? 'Acme Photos' : 'Acme Portal',
    secret: `${id}-secret`,
    domain: DOMAIN,
    roles: [],
    scopes: ['cdr:r'],
    redirectUris: [`${origin}/callback`, `${origin}/hop`, `${origin}/to-app`],
    postLogoutRedirectUris: [`${origin}/bye`],
    consent: id === 'asking' ? ('ask' as const) : ('never' as const),
  }));
