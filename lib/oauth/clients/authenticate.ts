/**
 * Which client calls, at every endpoint that wants to know: proven by a secret, by a key of its own, or,
 * for a public one, not at all. Each client has one way, and no other is taken from it.
 *
 * An unknown id takes the same read and a comparison like a wrong secret, so the time of an answer
 * does not tell which it was.
 *
 * Errors: those of proof.ts; `invalid_client` for an unknown client, a wrong secret or key, a client
 *         that is switched off: all with the same words, and the reason in our log only.
 *
 * @module
 * @see RFC 6749 §2.3 (client authentication), §2.1 (public clients), §5.2 (invalid_client), OpenID
 *      Connect Core §9 (the methods)
 */

import type { Tables } from '../../aws/tables.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Domain } from '../../store/directory/domains.ts';
import { domainIn, type ReadClient, readClientAndDomain } from '../../store/reads/grant.ts';
import type { Instant } from '../../time.ts';
import { isOneOf } from '../../verdict/secret.ts';
import { type AssertionServices, checkAssertion } from './assertion.ts';
import { invalidClient, type PresentedClient, presentedClient } from './proof.ts';

export type ClientServices = AssertionServices & {
  directory: Tables['directory'];
  impliedAccess?: boolean;
};
export type KnownClient = { client: Client; domain: Domain };

export async function requireClient(
  services: ClientServices,
  request: HttpRequest,
  parameters: ReadonlyMap<string, string>,
): Promise<KnownClient> {
  const presented = presentedClient(request, parameters);
  return admit(services, presented, await readClientAndDomain(services.directory, presented.id));
}

/** @param read - For the id that is presented, together with whatever else was to be read. */
export async function admit(
  services: ClientServices,
  presented: PresentedClient,
  { client, domains }: ReadClient,
): Promise<KnownClient> {
  const matches = isSecretOf(client, presented, services.now());
  if (!client) throw invalidClient('unknown_client');
  if (client.authentication !== presented.way)
    throw invalidClient(`the client authenticates by ${client.authentication}`);
  if (!matches) throw invalidClient('wrong_secret');
  if (presented.way === 'private_key_jwt')
    await requireAssertion(services, client, presented.assertion);

  const domain = await domainIn(services.directory, domains, client.domain);
  if (client.disabled || !domain || domain.disabled) throw invalidClient('disabled');
  return { client, domain };
}

/** A hash that no secret is known to match. */
const DECOY = [{ hash: '0'.repeat(64) }];

/** Whoever presents none has none to match. */
const isSecretOf = (
  client: Client | undefined,
  presented: PresentedClient,
  now: Instant,
): boolean =>
  presented.way !== 'secret' || isOneOf(client?.secrets ?? DECOY, presented.secret, now);

async function requireAssertion(
  services: AssertionServices,
  client: Client,
  assertion: string,
): Promise<void> {
  const problem = await checkAssertion(services, client, assertion);
  if (problem !== undefined) throw invalidClient(problem);
}
