/**
 * An API key of the caller's own.
 *
 * @module
 */

import { createApiKey } from '../lib/manage/keys/create.ts';
import { instant } from '../lib/time.ts';
import { identify } from '../lib/verdict/judge.ts';
import { claimsOf } from '../test/support/actors/accounts.ts';
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
