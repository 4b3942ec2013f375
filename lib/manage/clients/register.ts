/**
 * What an OAuth client is when it is made, and with another secret; neither is stored here. A secret is
 * generated here, handed out once and kept as a hash. A client is also what the Mluvii dialect calls an API username and password.
 *
 * A secret that is replaced without an overlap is given up: all that the client was given ends with it.
 * NOT checked: that the domain and the roles exist; without them the client is refused everywhere.
 *
 * Units:  overlap is seconds.
 * Errors: `invalid_request` naming the field.
 *
 * @module
 */

import { parseItem } from '../../aws/item.ts';
import { randomSecret } from '../../crypto.ts';
import { refuseField } from '../../errors.ts';
import { isClientId } from '../../store/directory/client-id.ts';
import { type Client, ClientItem } from '../../store/directory/clients.ts';
import { firstGeneration } from '../../store/directory/revocation.ts';
import type { EpochMilliseconds, Instant, Seconds } from '../../time.ts';
import { hashSecret, replaced } from '../../verdict/secret.ts';
import { type ClientSettings, checkClient } from './check.ts';

export type ClientRegistration = {
  id: string;
  /** For people to read. */
  name: string;
  domain: string;
  roles: string[];
  /** All that it may ask for; those of OpenID Connect too, unless one of them is named. */
  scopes: string[];
  /** What is left out is at its safe default (store/directory/clients.ts). */
} & { [K in keyof ClientSettings]?: ClientSettings[K] | undefined };

/** Long enough to reach every machine that has the old one. */
const MAX_OVERLAP = 2_592_000;

/** Only for who authenticates by one: a public client could not keep it. */
export const secretFor = ({
  authentication = 'secret',
}: Pick<ClientRegistration, 'authentication'>): string | undefined =>
  authentication === 'secret' ? randomSecret() : undefined;

/**
 * A client that is not stored yet. Only for a secret of 256 random bits: its hash is not salted.
 *
 * @param now - Epoch milliseconds.
 */
export function newClient(
  { name, redirectUris = [], ...registration }: ClientRegistration,
  secret: string | undefined,
  now: EpochMilliseconds,
): Client {
  if (!isClientId(registration.id))
    throw refuseField(
      'id',
      'client-id-unusable',
      'must be 3 to 64 letters, digits, ".", "_" and "-", not 24 hexadecimal digits, and no name that is reserved',
    );
  const seconds = Math.floor(now / 1000);
  const client = parseItem(ClientItem, {
    grants: redirectUris.length > 0 ? FOR_USERS : FOR_ITSELF,
    ...defined(registration),
    kind: 'client',
    username: name,
    redirectUris: [...new Set(redirectUris)],
    scopes: [...new Set(registration.scopes)],
    disabled: false,
    generation: firstGeneration(now),
    secrets: secret === undefined ? [] : [{ hash: hashSecret(secret) }],
    createdAt: seconds,
    updatedAt: seconds,
    version: 1,
  });
  checkClient(client);
  return client;
}

/** The grants of a client that nothing is said of: whoever has a redirect URI acts for users. */
const FOR_USERS = ['authorization_code', 'refresh_token'];
const FOR_ITSELF = ['client_credentials'];

const defined = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/**
 * The client with the new secret, not stored yet; without an overlap signed out.
 *
 * @param overlap - For so long the secret before it works too; 0 ends it at once.
 * @param now - Epoch seconds.
 */
export function secretAfter(
  before: Client,
  secret: string,
  { overlap, now }: { overlap: Seconds; now: Instant },
): Client {
  checkOverlap(overlap);
  if (before.authentication !== 'secret')
    throw refuseField(
      'authentication',
      'client-without-secret',
      'the client does not authenticate by a secret',
    );
  const secrets = replaced(before.secrets, secret, { now, overlap });
  const generation = before.generation + (overlap === 0 ? 1 : 0);
  return { ...before, secrets, generation, updatedAt: now };
}

function checkOverlap(overlap: Seconds): void {
  if (!Number.isInteger(overlap) || overlap < 0 || overlap > MAX_OVERLAP)
    throw refuseField('overlap', 'overlap-out-of-range', `must be 0 to ${MAX_OVERLAP} seconds`);
}
