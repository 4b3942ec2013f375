/** OAuth clients of a test's own, and what they send. */

import type { Table } from '../../../lib/aws/table.ts';
import { AuthError } from '../../../lib/errors.ts';
import {
  type ClientRegistration,
  newClient,
  secretFor,
} from '../../../lib/manage/clients/register.ts';
import { admit } from '../../../lib/oauth/clients/authenticate.ts';
import { saveClient } from '../../../lib/store/directory/clients.ts';
import { readClientAndDomain } from '../../../lib/store/reads/grant.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';
import type { Sent } from '../calls/events.ts';
import type { Answer, Service } from '../running/service.ts';

export type Credentials = { id: string; secret: string };
/** The seeded one. */
export const DEMO: Credentials = { id: 'demo-api', secret: 'demo-api-password' };

let count = 0;

export async function addClient(
  { tables }: Pick<Service, 'tables'>,
  given: Partial<ClientRegistration> = {},
): Promise<Credentials> {
  count += 1;
  const id = given.id ?? `client-${count}`;
  const registration = {
    name: 'Test',
    domain: 'mydomain.com',
    roles: ['api'],
    scopes: ['full_access'],
    ...given,
    id,
  };
  const secret = secretFor(registration);
  const client = newClient(registration, secret, epochMilliseconds(Date.now()));
  if (!(await saveClient(tables.directory, { after: client }))) throw new Error(`taken: ${id}`);
  return { id, secret: secret ?? '' };
}

/** A text is sent as it is. */
export const form = (
  parameters: Record<string, string> | string,
  headers: Record<string, string> = {},
): Sent => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(parameters).toString(),
});

export const basic = (pair: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
});

export const posted = ({ id, secret }: Credentials) => ({ client_id: id, client_secret: secret });

export const requestToken = (
  { send }: Pick<Service, 'send'>,
  client: Credentials,
  parameters: Record<string, string> = {},
): Promise<Answer> =>
  send(
    'POST /oauth/token',
    form({ grant_type: 'client_credentials', ...posted(client), ...parameters }),
  );

/** @returns The token. @throws Error if there is none. */
export async function tokenOf(
  service: Pick<Service, 'send'>,
  client: Credentials,
  parameters: Record<string, string> = {},
): Promise<string> {
  const { status, body } = await requestToken(service, client, parameters);
  if (status !== 200) throw new Error(`token: ${status} ${JSON.stringify(body)}`);
  return String(body['access_token']);
}

/** Whether the client may sign in with this secret now. */
export async function secretWorks(
  directory: Table,
  { id, secret }: Credentials,
  now: number,
): Promise<boolean> {
  const unused = { sessions: directory, issuer: '', clientKeys: async () => [] };
  const read = await readClientAndDomain(directory, id);
  try {
    await admit(
      { ...unused, directory, now: () => instant(now) },
      { id, way: 'secret', secret },
      read,
    );
    return true;
  } catch (error) {
    if (error instanceof AuthError && error.said.code === 'invalid_client') return false;
    throw error;
  }
}
