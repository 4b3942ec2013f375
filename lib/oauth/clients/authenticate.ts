/**
 * Which client calls, at every endpoint that wants to know.
 *
 * Errors: those of client-proof.ts; `invalid_client` for an unknown client, a wrong secret or key, a
 *         client that is switched off: all with the same words, and the reason in our log only.
 *
 * @module
 * @see RFC 6749 §5.2 (invalid_client), OpenID Connect Core §9 (the methods)
 */

import type { Tables } from '../../aws/tables.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { Client } from '../../store/directory/clients.ts';
import { type Domains, readClientAndDomain } from '../../store/reads/grant.ts';
import { admitClient, type ClientProof, type KnownClient, lookupId } from './admit.ts';
import { type AssertionServices, checkAssertion } from './assertion.ts';
import { invalidClient, type PresentedClient, presentedClient } from './proof.ts';

export type { KnownClient };

export type ClientServices = AssertionServices & { directory: Tables['directory'] };

export async function requireClient(
  services: ClientServices,
  request: HttpRequest,
  parameters: ReadonlyMap<string, string>,
): Promise<KnownClient> {
  const presented = presentedClient(request, parameters);
  const { client, domains } = await readClientAndDomain(services.directory, lookupId(presented.id));
  return admit(services, presented, client, domains);
}

/** @param client - As read for the id that is presented, together with whatever else was to be read. */
export async function admit(
  services: ClientServices,
  presented: PresentedClient,
  client: Client | undefined,
  domains: Domains,
): Promise<KnownClient> {
  const terms = { domains, now: services.now() };
  const admitted = await admitClient(client, proofOf(services, presented), terms);
  if (admitted.status === 'ok') return admitted;
  throw invalidClient(admitted.status === 'unproven' ? admitted.reason : admitted.status);
}

function proofOf(services: ClientServices, presented: PresentedClient): ClientProof {
  if (presented.way !== 'private_key_jwt') return presented;
  const { assertion } = presented;
  return { way: presented.way, check: (client) => checkAssertion(services, client, assertion) };
}
