/**
 * What a verifier may know of this service.
 *
 *   GET /.well-known/jwks.json                     the public keys (RFC 7517 §5)
 *   GET /.well-known/oauth-authorization-server    metadata (RFC 8414 §2)
 *   GET /.well-known/openid-configuration          the same (OpenID Connect Discovery §4)
 *
 * All may be cached for a third of the time that a published key waits before it signs.
 *
 * @module
 */
import * as v from 'valibot';
import { composeDiscovery } from '../lib/compose/discovery.ts';
import { type Endpoint, endpoints, plainError } from '../lib/http/endpoint.ts';
import { json } from '../lib/http/response.ts';
import { serverMetadata } from '../lib/oauth/discovery/metadata.ts';
import { jwks, PublicKeys } from '../lib/tokens/key-set.ts';

const { issuer, keyPropagation, readPublicKeys, now } = composeDiscovery();

const cacheable = { 'cache-control': `public, max-age=${Math.floor(keyPropagation / 3)}` };

async function keys() {
  const published = v.parse(PublicKeys, (await readPublicKeys()) ?? []);
  return json(200, jwks(published, now()), cacheable);
}

const metadata: Endpoint = {
  run: async () => json(200, serverMetadata(issuer), cacheable),
  showError: plainError,
};

export const handler = endpoints({
  'GET /.well-known/jwks.json': { run: keys, showError: plainError },
  'GET /.well-known/oauth-authorization-server': metadata,
  'GET /.well-known/openid-configuration': metadata,
});
