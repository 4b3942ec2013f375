/**
 * What a login page offers beside a password. Everything by mail, so nothing where none is sent; and what a
 * domain has to allow, by the domain of the client that asks: whose account it will be nobody knows yet.
 *
 * @module
 */
import { policyOf } from '../store/directory/domain-policy.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { MailServices } from './mail-order.ts';

/** forgotten: another password; codes: a code in place of one; signUp: an account. */
export type Offers = { forgotten: boolean; codes: boolean; signUp: boolean };

/** @param domain - `undefined`: nobody has asked, it is for a page of our own. */
export function offersOf({ queue }: Partial<MailServices>, domain: Domain | undefined): Offers {
  const mails = queue !== undefined;
  const { emailCodes, signUp } = policyOf(domain ?? {});
  return { forgotten: mails, codes: mails && emailCodes, signUp: mails && signUp === 'open' };
}
