/**
 * Whom a credential says that it is of, where nothing proves it: for the log of refusals, to find out whose
 * mistake it is. Never for a decision.
 *
 * It is whatever somebody wrote, so it is cut, and kept to what cannot be taken for anything else: no
 * control character, no word of an alarm's filter (infra/alarms.yml), which have capitals, blanks or
 * underscores. The secret and the signature are not looked at.
 *
 * @module
 */
import type { Presented } from '../http/credential.ts';
import { decodeUtf8 } from '../utf8.ts';
import { looksLikeApiKey, namedByKey } from './api-key.ts';

export type Ids = {
  key?: string | undefined;
  subject?: string | undefined;
  client?: string | undefined;
  domain?: string | undefined;
};

const MAX_LENGTH = 64;

export function claimedBy({ token }: Presented): Ids {
  return asClaimed(looksLikeApiKey(token) ? namedByKey(token) : namedByToken(token));
}

export function asClaimed(ids: Ids): Ids {
  const named = Object.entries(ids).filter(([, id]) => typeof id === 'string' && id !== '');
  return Object.fromEntries(named.map(([name, id]) => [name, harmless(String(id))]));
}

const harmless = (id: string): string =>
  id
    .slice(0, MAX_LENGTH)
    .toLowerCase()
    .replace(/[^a-z0-9.@#:-]/g, '?');

/** A signed token's payload (RFC 7515 §3.1), which anybody can write. */
function namedByToken(token: string): Ids {
  const [, payload = ''] = token.split('.');
  try {
    const claims = JSON.parse(decodeUtf8(Buffer.from(payload, 'base64url')) ?? '') as unknown;
    const { sid: key, sub: subject, client_id: client, domain } = Object(claims);
    return { key, subject, client, domain };
  } catch {
    return {};
  }
}
