/**
 * That an address is the user's, as somebody has found out: a fact of its own, written by a verification
 * and by nothing else. No flag of an account stands for it, whoever set that.
 *
 * Item:  { email?: { at, means, address }, phone_number? } in the user's item (users.ts)
 * Units: at is epoch seconds.
 *
 * It holds for that address alone: with another one it is gone, also once the old one is back.
 *
 * @module
 * @see OpenID Connect Core §5.1: verified means that the provider took steps, at the time, to be sure
 */
import * as v from 'valibot';
import type { Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import type { Instant } from '../../time.ts';
import type { Profile } from './profile.ts';
import { subjectKey } from './subjects.ts';

const ProofItem = v.object({ at: v.number(), means: v.string(), address: v.string() });
export const VerifiedItem = v.object({
  email: v.optional(ProofItem),
  phone_number: v.optional(ProofItem),
});
export type Verified = v.InferOutput<typeof VerifiedItem>;

type Addresses = {
  email?: string | undefined;
  profile: Pick<Profile, 'phone_number'>;
  verified?: Verified | undefined;
};

/** Of the addresses that the user has now; `undefined` where there is none. */
export function verifiedNow({ email, profile, verified }: Addresses): Verified | undefined {
  const current = {
    ...(verified?.email?.address === email && { email: verified?.email }),
    ...(verified?.phone_number?.address === profile.phone_number && {
      phone_number: verified?.phone_number,
    }),
  };
  const proofs = Object.entries(current).filter(([, proof]) => proof !== undefined);
  return proofs.length > 0 ? Object.fromEntries(proofs) : undefined;
}

/** Writes that and nothing else, if nobody has changed the user since. */
export const verifying = (
  directory: Table,
  { id, version }: { id: string; version: number },
  { verified, updatedAt }: { verified: Verified; updatedAt: Instant },
): Write => ({
  table: directory,
  update: subjectKey(id),
  set: {
    expression: 'verified = :verified, updatedAt = :now, version = version + :one',
    values: { ':verified': verified, ':now': updatedAt, ':one': 1 },
  },
  when: { expression: 'version = :read', values: { ':read': version } },
});
