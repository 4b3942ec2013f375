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
import { type TokenPlace, verifyAccessToken } from '../tokens/access-token.ts';
import type { PublicKeyCache } from '../tokens/public-keys.ts';
import type { Claim } from '../verdict/judge.ts';
import { looksLikeApiKey, parseApiKey } from './api-key.ts';
import { claimOf } from './claim.ts';

export type TokenServices = { keys: PublicKeyCache; place: TokenPlace; now: () => Instant };
export type Proven = ({ status: 'valid' } & Claim) | { status: 'invalid'; reason: string };

export async function provePresented(
  services: TokenServices,
  presented: Presented,
): Promise<Proven> {
  const { token, pair, key, apiKey = false } = presented;
  if (!looksLikeApiKey(token))
    return apiKey ? invalid('not an API key of ours') : proveToken(services, presented);
  if (pair || key !== undefined) return invalid('an API key in the place of a token with a key');
  const claim = parseApiKey(token);
  return claim ? { status: 'valid', ...claim } : invalid('not an API key of ours');
}

async function proveToken(
  { keys, place, now }: TokenServices,
  { token, key, pair }: Presented,
): Promise<Proven> {
  const verified = await verifyAccessToken(token, place, keys, now());
  if (verified.status === 'invalid') return verified;
  const { sub, sid } = verified.claims;
  if (key !== undefined && key !== sid) return invalid('key and token name different sessions');
  // A domain's token was issued without a key.
  if (pair && key === undefined && domainOfSubject(sub) === undefined)
    return invalid('X-Access-Token without X-Key');
  return { status: 'valid', ...claimOf(verified.claims) };
}

const invalid = (reason: string): Proven => ({ status: 'invalid', reason });
