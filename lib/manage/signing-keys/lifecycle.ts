/**
 * The signing keys, as `root` sees them: the published half, and what `root` asks of the rotation, which
 * alone makes and takes away keys. Whoever calls here reaches no private half.
 *
 * A withdrawal is an item that the rotation obeys, written with its event before the rotation is asked for:
 * if that fails, or one is under way, it counts at the next step that is taken.
 *
 * Units:  now is epoch seconds.
 * Errors: `insufficient_scope`; those of authority/fresh-sign-in.ts; `conflict` while a rotation is under
 *         way; `temporarily_unavailable`.
 *
 * @module
 */
import * as v from 'valibot';
import { requireFreshSignIn } from '../../authority/fresh-sign-in.ts';
import { type Administrator, requireAll, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { transact } from '../../aws/transaction.ts';
import { refuse } from '../../errors.ts';
import { signingKeysChanged } from '../../events/kinds/signing-keys.ts';
import type { Trail } from '../../events/trail.ts';
import { readPublicKeys } from '../../store/directory/public-keys.ts';
import {
  readWithdrawal,
  saveWithdrawal,
  type Withdrawal,
} from '../../store/directory/withdrawal.ts';
import type { Instant } from '../../time.ts';
import { type PublicKey, PublicKeys } from '../../tokens/key-set.ts';
import { type Part, partOf } from '../../tokens/part.ts';

/** @returns Whether a rotation begins; `false` while another is under way. */
export type AskForRotation = () => Promise<boolean>;
type SeenKey = Pick<PublicKey, 'kid' | 'alg' | 'signsFrom' | 'verifiesUntil'> & {
  part: Part;
};
/** `withdrawal`: while keys of it are still published. */
export type SeenKeys = { keys: SeenKey[]; withdrawal: Withdrawal | undefined };

export async function findSigningKeys(
  directory: Table,
  administrator: Administrator,
  now: Instant,
): Promise<SeenKeys> {
  requireKeysOf(administrator);
  const [keys, withdrawal] = await Promise.all([published(directory), readWithdrawal(directory)]);
  const isPending = keys.some(({ kid }) => withdrawal?.kids.includes(kid));
  const seen = keys.flatMap((key) => {
    const part = partOf(key, keys, now);
    return part ? [{ ...key, part }] : [];
  });
  return {
    keys: seen.toSorted((one, other) => other.signsFrom - one.signsFrom),
    withdrawal: isPending ? withdrawal : undefined,
  };
}

export async function rotateSigningKeys(
  directory: Table,
  administrator: Administrator,
  ask: AskForRotation,
  trail: Trail,
): Promise<void> {
  requireKeysOf(administrator);
  requireFreshSignIn(administrator.caller);
  await transact(
    trail(signingKeysChanged('signing-keys.rotation-requested', await told(directory))),
  );
  await requireBegun(ask);
}

/** All that are published: they lie in one secret, so whoever has one of them has them all. */
export async function withdrawSigningKeys(
  directory: Table,
  administrator: Administrator,
  ask: AskForRotation,
  { now, trail }: { now: Instant; trail: Trail },
): Promise<void> {
  requireKeysOf(administrator);
  requireFreshSignIn(administrator.caller);
  const { before } = await told(directory);
  const also = trail(signingKeysChanged('signing-keys.withdrawn', { before }));
  await saveWithdrawal(directory, { kids: before, at: now }, also);
  await requireBegun(ask);
}

function requireKeysOf(administrator: Administrator): void {
  requireRoot(administrator);
  requireAll(administrator);
}

const published = async (directory: Table): Promise<PublicKey[]> =>
  v.parse(PublicKeys, (await readPublicKeys(directory)) ?? []);

const told = async (directory: Table) => ({
  before: (await published(directory)).map(({ kid }) => kid),
});

async function requireBegun(ask: AskForRotation): Promise<void> {
  if (await ask()) return;
  throw refuse('conflict', 'rotation-under-way', 'A rotation is under way. Try again in a minute.');
}
