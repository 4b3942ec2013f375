/**
 * What a caller presents, as a claim on a session: a signed token, in some dialects with the
 * key that must name the same session, or an API key.
 *
 * A token is proven here to be ours and unexpired. NOT proven: that the session still lives, and an
 * API key's secret; the verdict does both.
 *
 * @module
 */

import type { Presented } from '../http/credential.ts';
import { domainOfSubject } from '../store/directory/domains.ts';
import type { Instant } from '../time.ts';
import { proveAccessToken, readAccessToken, type TokenPlace } from '../tokens/access-token.ts';
import type { PublicKeyCache } from '../tokens/public-keys.ts';
import type { Claim } from '../verdict/judge.ts';
import { looksLikeApiKey, parseApiKey } from './api-key.ts';
import { claimOf } from './claim.ts';

export type TokenServices = { keys: PublicKeyCache; place: TokenPlace; now: () => Instant };
type Ahead = (claimed: Claim) => Promise<unknown>;
export type Proven = ({ status: 'valid' } & Claim) | { status: 'invalid'; reason: string };

/** @param ahead - Reads the published keys for the first token of an instance, and what it claims with them. */
export async function provePresented(
  services: TokenServices,
  presented: Presented,
  ahead?: Ahead,
): Promise<Proven> {
  const { token, pair, key, apiKey = false } = presented;
  if (!looksLikeApiKey(token))
    return apiKey ? invalid('not an API key of ours') : proveToken(services, presented, ahead);
  if (pair || key !== undefined) return invalid('an API key in the place of a token with a key');
  const claim = parseApiKey(token);
  return claim ? { status: 'valid', ...claim } : invalid('not an API key of ours');
}

async function proveToken(
  { keys, place, now }: TokenServices,
  { token, key, pair }: Presented,
  ahead: Ahead | undefined,
): Promise<Proven> {
  const said = readAccessToken(token, place, now());
  if (said.status === 'invalid') return said;
  const { sub, sid } = said.claims;
  if (key !== undefined && key !== sid) return invalid('key and token name different sessions');
  // A domain's token was issued without a key.
  if (pair && key === undefined && domainOfSubject(sub) === undefined)
    return invalid('X-Access-Token without X-Key');
  const claim = claimOf(said.claims);
  if (ahead) await keys.readFirst(() => ahead(claim));
  const proven = await proveAccessToken(said, keys);
  return proven.status === 'invalid' ? proven : { status: 'valid', ...claim };
}

const invalid = (reason: string): Proven => ({ status: 'invalid', reason });
