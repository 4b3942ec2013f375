/** What a browser's user has agreed to, without the browser: sessions and codes as they are stored. */

import { randomKey, randomSecret, sha256 } from '../../../lib/crypto.ts';
import { readClient } from '../../../lib/store/directory/clients.ts';
import { readDomain } from '../../../lib/store/directory/domains.ts';
import { readUser } from '../../../lib/store/directory/users.ts';
import { saveBrowserSession } from '../../../lib/store/sessions/browser-sessions.ts';
import { type Code, saveCode } from '../../../lib/store/sessions/codes.ts';
import type { SessionName } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { hashSecret } from '../../../lib/verdict/secret.ts';
import type { Answer, Service } from '../running/service.ts';
import { addClient, type Credentials, form, posted } from './clients.ts';
import { addUser } from './people.ts';

export const CALLBACK = 'https://app.example.com/callback';
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = sha256(VERIFIER).toString('base64url');

type Stored = Pick<Service, 'tables'>;
export type Browser = { name: SessionName; authTime: number };
export type Agreement = {
  client: Credentials;
  browser: Browser;
  code: string;
  /** What the client sends for it. */
  exchange: Record<string, string>;
};

const now = () => Math.floor(Date.now() / 1000);

export const webClient = (service: Stored, given: Parameters<typeof addClient>[1] = {}) =>
  addClient(service, { redirectUris: [CALLBACK], ...given });
export const publicClient = (service: Stored, given: Parameters<typeof addClient>[1] = {}) =>
  webClient(service, { authentication: 'none', ...given });

async function signedIn({ tables }: Stored, id: string) {
  const user = await readUser(tables.directory, id);
  const domain = await readDomain(tables.directory, user?.domain ?? '');
  if (!user || !domain) throw new Error('no such user');
  return { subjectGeneration: user.generation, domainGeneration: domain.generation };
}

/** A browser in which the user has just signed in; a new user, unless one is named. */
export async function openBrowser(service: Stored, user?: string): Promise<Browser> {
  const subject = user ?? (await addUser(service)).id;
  const name = { subject, key: randomKey() };
  await saveBrowserSession(service.tables.sessions, name, {
    kind: 'browser',
    client: 'latchkey',
    issuedAt: instant(now()),
    expiresAt: instant(now() + 86_400),
    ...(await signedIn(service, subject)),
    secretHash: hashSecret(randomSecret()),
    authTime: instant(now()),
    ip: '192.0.2.1',
  });
  return { name, authTime: now() };
}

/** A code for the client, with PKCE unless told otherwise. */
export async function agree(
  service: Stored,
  {
    client: given,
    browser: opened,
    ...code
  }: Partial<Code> extends infer C
    ? Omit<C, 'client' | 'browser'> & { client?: Credentials; browser?: Browser }
    : never = {},
): Promise<Agreement> {
  const client = given ?? (await webClient(service));
  const browser = opened ?? (await openBrowser(service));
  const text = randomSecret();
  const granted: Code = {
    client: client.id,
    clientGeneration: (await readClient(service.tables.directory, client.id))?.generation ?? 0,
    redirectUri: CALLBACK,
    subject: browser.name.subject,
    browser: browser.name.key,
    ...(await signedIn(service, browser.name.subject)),
    scope: 'openid full_access',
    authTime: instant(browser.authTime),
    showAuthTime: false,
    acr: 'urn:latchkey:acr:password',
    challenge: CHALLENGE,
    validUntil: instant(now() + 60),
    ...code,
  };
  await saveCode(service.tables.sessions, text, granted);
  const verifier = granted.challenge === undefined ? {} : { code_verifier: VERIFIER };
  const exchange = {
    grant_type: 'authorization_code',
    code: text,
    redirect_uri: granted.redirectUri,
    ...posted(client),
    ...verifier,
  };
  return { client, browser, code: text, exchange };
}

export const sendToken = (
  { send }: Pick<Service, 'send'>,
  parameters: Record<string, string>,
): Promise<Answer> => send('POST /oauth/token', form(parameters));

export const refreshWith = (
  service: Pick<Service, 'send'>,
  client: Credentials,
  refresh_token: string,
  more: Record<string, string> = {},
): Promise<Answer> =>
  sendToken(service, { grant_type: 'refresh_token', refresh_token, ...posted(client), ...more });

export type Tokens = { access: string; refresh: string; id: string; answer: Answer };

/** @throws Error where none are issued. */
export async function tokensOf(
  service: Pick<Service, 'send'>,
  { exchange }: Pick<Agreement, 'exchange'>,
): Promise<Tokens> {
  const answer = await sendToken(service, exchange);
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  const { access_token, refresh_token, id_token } = answer.body;
  return {
    access: String(access_token),
    refresh: String(refresh_token),
    id: String(id_token),
    answer,
  };
}
