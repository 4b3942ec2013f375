/**
 * A code by mail in place of a password: six digits, ten minutes, five tries, for the form of the browser
 * that asked and no other. Whoever has the code, but not that browser, has nothing; and whoever has the
 * browser is told the same of a wrong code as of one that was never made. It is typed beside a name, on whose
 * counters it counts as a password does (browser/counted.ts): another one that is asked for gives no fresh tries.
 *
 * Units:  epoch seconds.
 * Errors: the store's; a code that is not good is an answer, the same whatever the reason.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.1.3 (out-of-band: at least six digits, ten minutes)
 */

import type { Tables } from '../aws/tables.ts';
import type { Write } from '../aws/transaction.ts';
import { equalInConstantTime, hmacSha256, randomDigits } from '../crypto.ts';
import { policyOf } from '../store/directory/domain-policy.ts';
import { type Domain, readDomain } from '../store/directory/domains.ts';
import { readUser, type User } from '../store/directory/users.ts';
import {
  type EmailCode,
  saveEmailCode,
  spendingEmailCode,
  tryEmailCode,
} from '../store/sessions/email-codes.ts';
import { after, type Instant, seconds } from '../time.ts';

export const CODE_LIFETIME = seconds(600);
const TRIES = 5;
const DIGITS = 6;

/** `browser`: the secret of the form that asked, as the order of mail has it. */
export type NewEmailCode = { browser: string; user: User; domain: Domain; address: string };

/** @returns The code. The one before, of the same form, is worth nothing from now on. */
export async function makeEmailCode(
  { sessions }: Pick<Tables, 'sessions'>,
  { browser, user, domain, address }: NewEmailCode,
  now: Instant,
): Promise<string> {
  const code = randomDigits(DIGITS);
  await saveEmailCode(sessions, browser, {
    proof: proofOf(browser, code),
    subject: user.id,
    generation: user.generation,
    domain: domain.name,
    domainGeneration: domain.generation,
    address,
    tries: 0,
    expiresAt: after(now, CODE_LIFETIME),
  });
  return code;
}

const proofOf = (browser: string, code: string): string =>
  hmacSha256(browser, `e-mail code\n${code}`).toString('hex');

export type CodeTried =
  /** `spend`: to be written with what the code is for. */
  | { status: 'good'; user: User; domain: Domain; address: string; spend: Write }
  | { status: 'wrong' };

const WRONG = { status: 'wrong' } as const;

type Typed = {
  browser: string;
  /** Spaces in it are no mistake. */
  code: string;
  /** Whose the name is beside which it was typed. */
  userId: string | undefined;
};

export async function tryCode(
  { directory, sessions }: Tables,
  { browser, code, userId }: Typed,
  now: Instant,
): Promise<CodeTried> {
  const kept = await tryEmailCode(sessions, browser, { most: TRIES, now });
  const proof = proofOf(browser, code.replaceAll(/[\s-]/g, ''));
  if (!kept || !equalInConstantTime(Buffer.from(kept.proof), Buffer.from(proof))) return WRONG;
  const [user, domain] = await Promise.all([
    readUser(directory, kept.subject),
    readDomain(directory, kept.domain),
  ]);
  if (!user || user.id !== userId || !domain || !stands(kept, user, domain)) return WRONG;
  const spend = spendingEmailCode(sessions, browser, kept, now);
  return { status: 'good', user, domain, address: kept.address, spend };
}

const stands = (kept: EmailCode, user: User, domain: Domain): boolean =>
  !user.disabled &&
  !domain.disabled &&
  policyOf(domain).emailCodes &&
  user.domain === domain.name &&
  user.email === kept.address &&
  user.generation === kept.generation &&
  domain.generation === kept.domainGeneration;
