/**
 * What a verifier may know of this service.
 *
 *   GET /.well-known/jwks.json                     the public keys (RFC 7517 §5)
 *   GET /.well-known/oauth-authorization-server    metadata (RFC 8414 §2); of an issuer with a path that
 *                                                  path follows (§3.1)
 *   GET /.well-known/openid-configuration          the same (OpenID Connect Discovery §4)
 *
 * All may be cached for a third of the time that a published key waits before it signs.
 *
 * @module
 */

import { refuse } from '../../errors.ts';
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import { json } from '../../http/response.ts';
import { type KeySetServices, keySet } from '../../oauth/discovery/key-set.ts';
import { serverMetadata } from '../../oauth/discovery/metadata.ts';
import type { Seconds } from '../../time.ts';

/** `keyPropagation`: in seconds. */
export type DiscoveryServices = KeySetServices & { issuer: string; keyPropagation: Seconds };

export function discoveryRoutes(services: DiscoveryServices): Readonly<Record<string, Endpoint>> {
  const { issuer, keyPropagation } = services;
  const cacheable = { 'cache-control': `public, max-age=${Math.floor(keyPropagation / 3)}` };
  const metadata: Endpoint = {
    run: async () => json(200, serverMetadata(issuer), cacheable),
    showError: plainError,
  };
  return {
    'GET /.well-known/jwks.json': {
      run: async () => json(200, await keySet(services), cacheable),
      showError: plainError,
    },
    'GET /.well-known/oauth-authorization-server': metadata,
    'GET /.well-known/oauth-authorization-server/{issuer+}': ofIssuer(issuer, metadata),
    'GET /.well-known/openid-configuration': metadata,
  };
}

/** Whose path it is: of another issuer there is nothing here. */
const ofIssuer = (issuer: string, { run, showError }: Endpoint): Endpoint => ({
  run: async (request) => {
    if (`/${request.parameters['issuer']}` !== new URL(issuer).pathname)
      throw refuse('not_found', 'no-such-place', 'There is nothing here.');
    return run(request);
  },
  showError,
});
