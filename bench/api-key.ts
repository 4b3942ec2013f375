/**
 * An API key of the caller's own.
 *
 * @module
 */

import { parseApiKey } from '../lib/guard/api-key.ts';
import { createApiKey } from '../lib/manage/keys/create.ts';
import { instant } from '../lib/time.ts';
import { identify } from '../lib/verdict/judge.ts';
import { claimsOf } from '../test/support/actors/accounts.ts';
import { spreadKey } from '../test/support/promise/spreading.ts';
import type { Credential } from './events.ts';
import type { Service } from './service.ts';

/** @returns The key to send. */
export async function createKey({ tables }: Service, { token, key }: Credential): Promise<string> {
  const { sub, domain, roles } = claimsOf(token) as {
    sub: string;
    domain: string;
    roles: string[];
  };
  const now = Math.floor(Date.now() / 1000);
  const claim = { name: { subject: sub, key }, hints: { domain, roles } };
  const live = await identify(tables, claim, instant(now));
  if (live.status === 'dead') throw new Error(live.reason);
  return (await createApiKey(tables, live.caller, { owner: sub, name: 'bench' }, instant(now)))
    .text;
}

/** As createKey; it and its owner lie in so many copies. */
export async function createHotKey(
  service: Service,
  credential: Credential,
  copies: number,
): Promise<string> {
  const text = await createKey(service, credential);
  const name = parseApiKey(text)?.name;
  if (!name) throw new Error('a key that is none');
  await spreadKey(service.tables, name, copies, instant(Math.floor(Date.now() / 1000)));
  return text;
}
