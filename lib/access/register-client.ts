/**
 * Makes an OAuth client, and replaces its secret. A secret is generated here, handed out once and
 * kept as a hash. A client is also what the Mluvii dialect calls an API username and password.
 *
 * Replacing a secret ends no session: to end those too, raise the client's generation.
 * NOT checked: that the domain and the roles exist; without them the client is refused everywhere.
 *
 * Units:  overlap is seconds.
 * Errors: `invalid_request` naming the field. An id that is taken, a client that is gone, and a
 *         change that came first are answers.
 *
 * @module
 */
import { randomSecret } from '../crypto.ts';
import { AuthError } from '../errors.ts';
import { type Client, GRANTS, readClient, saveClient } from '../store/clients.ts';
import { firstGeneration } from '../store/revocation.ts';
import type { Table } from '../store/table.ts';
import { narrowsAcl } from './acl.ts';
import { isClientId } from './client-id.ts';
import { normaliseLoginName } from './login-name.ts';
import { isScopeToken } from './scope-token.ts';
import { hashSecret, replaced } from './secret.ts';

export type ClientRegistration = {
  id: string;
  /** For people to read. */
  name: string;
  domain: string;
  roles: string[];
  /** Beside those that narrow the ACL, which every client may ask for. */
  scopes: string[];
  grants?: Client['grants'];
};
export type RegisteredClient =
  | { status: 'ok'; client: Client; secret: string }
  | { status: 'taken' };
export type ReplacedSecret =
  | { status: 'ok'; client: Client; secret: string }
  | { status: 'unknown' }
  /** Somebody else changed the client in the meantime; their secret, if it was one, stands. */
  | { status: 'conflict' };

/** Long enough to reach every machine that has the old one. */
const MAX_OVERLAP = 30 * 86_400;

/** @param now - Epoch milliseconds. */
export async function registerClient(
  directory: Table,
  registration: ClientRegistration,
  now: number,
): Promise<RegisteredClient> {
  const secret = randomSecret();
  const client = newClient(registration, secret, now);
  return (await saveClient(directory, { after: client }))
    ? { status: 'ok', client, secret }
    : { status: 'taken' };
}

/**
 * A client that is not stored yet. Only for a secret of 256 random bits: its hash is not salted.
 *
 * @param now - Epoch milliseconds.
 */
export function newClient(
  { id, name, domain, roles, scopes, grants = [...GRANTS] }: ClientRegistration,
  secret: string,
  now: number,
): Client {
  if (!isClientId(id)) throw refusal('id', 'cannot be the id of a client');
  checkClient({ name, scopes });
  const seconds = Math.floor(now / 1000);
  return {
    kind: 'client',
    id,
    username: name,
    roles,
    domain,
    disabled: false,
    generation: firstGeneration(now),
    secrets: [{ hash: hashSecret(secret) }],
    grants,
    scopes: [...new Set(scopes)],
    createdAt: seconds,
    updatedAt: seconds,
    version: 1,
  };
}

export function checkClient({ name, scopes }: Pick<ClientRegistration, 'name' | 'scopes'>): void {
  if (!normaliseLoginName(name)) throw refusal('name', 'is empty, too long or not printable');
  if (!scopes.every(isScopeToken)) throw refusal('scopes', 'holds what is no scope');
  if (scopes.some(narrowsAcl))
    throw refusal('scopes', 'of the form resource:letter limit nothing here; give the role less');
}

/**
 * @param overlap - For so long the secret before it works too; 0 ends it at once.
 * @param now - Epoch seconds.
 */
export async function replaceSecret(
  directory: Table,
  id: string,
  { overlap, now }: { overlap: number; now: number },
): Promise<ReplacedSecret> {
  checkOverlap(overlap);
  const before = isClientId(id) ? await readClient(directory, id) : undefined;
  if (!before) return { status: 'unknown' };

  const secret = randomSecret();
  const after = secretAfter(before, secret, { overlap, now });
  if (!(await saveClient(directory, { before, after }))) return { status: 'conflict' };
  return { status: 'ok', client: { ...after, version: before.version + 1 }, secret };
}

/** The client with the new secret, not stored yet. */
export function secretAfter(
  before: Client,
  secret: string,
  { overlap, now }: { overlap: number; now: number },
): Client {
  checkOverlap(overlap);
  const secrets = replaced(before.secrets, secret, { now, overlap });
  return { ...before, secrets, updatedAt: now };
}

function checkOverlap(overlap: number): void {
  if (!Number.isInteger(overlap) || overlap < 0 || overlap > MAX_OVERLAP)
    throw refusal('overlap', `must be 0 to ${MAX_OVERLAP} seconds`);
}

const refusal = (field: string, problem: string) =>
  new AuthError('invalid_request', `${field}: ${problem}`);
