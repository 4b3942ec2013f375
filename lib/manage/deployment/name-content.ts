/**
 * Whether what all share is named (store/named): switched on once nothing of a release runs any more that does
 * not know of it, off before one is rolled back to, and spread over more manifests or fewer while calls run.
 *
 * What is in force stays so throughout: each step is one transaction under the condition that nothing was
 * edited since it was read. Domains come in one by one after the first step; until then, and where there is
 * no room, each is read by itself.
 *
 * Errors: `invalid_request` for a spread beyond the bounds, and for more resources than fit without; `conflict`
 *         where nothing is named.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { refuse, refuseField } from '../../errors.ts';
import { memoryChanged } from '../../events/kinds/deployment.ts';
import { type Trail, UNTRACKED } from '../../events/trail.ts';
import { listDomainNames } from '../../store/directory/domain-list.ts';
import { restateDomain } from '../../store/directory/domains.ts';
import { claimHome } from '../../store/directory/home.ts';
import { readRegistry, registryWrite } from '../../store/directory/resources.ts';
import { readAllRoles } from '../../store/directory/roles.ts';
import { roleListWrite, roleWrites } from '../../store/directory/save-roles.ts';
import { retireContent } from '../../store/named/content.ts';
import { ALONE, type InForce, readInForce, type Spread } from '../../store/named/manifest.ts';
import { piecesByName, piecesOfRegistry } from '../../store/named/pieces.ts';
import { namesIn } from '../../store/named/rename.ts';
import {
  isOneStep,
  isWithinBounds,
  readStated,
  removals,
  respread,
} from '../../store/named/respread.ts';
import { checkUnnamedSize } from '../resources/registry.ts';

const SPREADING = 'what all share is being named';
/** Items of one transaction, beside its condition. */
const CHUNK = 50;

/** May be run again: what is named stays. */
export async function nameContent(
  directory: Table,
  spread: Spread = ALONE,
  trail: Trail = UNTRACKED,
): Promise<void> {
  requireBounds(spread);
  await claimHome(directory);
  await untilUncontested(SPREADING, async () => {
    if (await readInForce(directory)) return undefined;
    const registry = await readRegistry(directory);
    const { roles, ...list } = await readAllRoles(directory);
    const renaming = await respread(directory, undefined, spread, {
      registry: piecesOfRegistry(registry.patterns),
      roles: piecesByName(Object.fromEntries(roles.map((role) => [role.name, role]))),
      domains: {},
    });
    const names = roles.map(({ name }) => name);
    return written(renaming, [
      registryWrite(directory, registry, { patterns: {}, isNamed: true }),
      roleListWrite(directory, { ...list, names }, { isNamed: true }),
      ...trail(memoryChanged({ after: spread })),
    ]);
  });
  await restateDomains(directory);
}

/** Of one that was made a moment ago the index may not have heard yet: the next run finds it. */
async function restateDomains(directory: Table): Promise<void> {
  for (const name of await listDomainNames(directory)) await restateDomain(directory, name);
}

/** Under another spread, of which what is left out stays as it is; calls and edits go on. */
export async function spreadContent(
  directory: Table,
  wanted: Partial<Spread>,
  trail: Trail = UNTRACKED,
): Promise<void> {
  // Once: on the way to it there may be another one.
  const spread = { ...spreadOf(await requireNamed(directory)), ...wanted };
  requireBounds(spread);
  await untilUncontested(SPREADING, async () => {
    const inForce = await requireNamed(directory);
    if (!isOneStep(inForce, spread)) await spreadContent(directory, ALONE, trail);
    const before = await requireNamed(directory);
    const stated = await readStated(directory, before);
    const also = trail(memoryChanged({ before: spreadOf(before), after: spread }));
    return written(await respread(directory, before, spread, stated), also);
  });
}

/** @returns `undefined` where nothing is named. */
export async function readSpread(directory: Table): Promise<Spread | undefined> {
  const inForce = await readInForce(directory);
  return inForce && spreadOf(inForce);
}

const spreadOf = ({ buckets, shards }: InForce): Spread => ({ buckets, shards });

/** Back to one item each, as releases of before read them. May be run again: what was left of it is done. */
export async function unnameContent(directory: Table, trail: Trail = UNTRACKED): Promise<void> {
  await untilUncontested(SPREADING, async () => {
    const inForce = await readInForce(directory);
    if (!inForce) return undefined;
    const registry = await readRegistry(directory);
    checkUnnamedSize(registry.patterns);
    const { roles, ...list } = await readAllRoles(directory);
    const names = roles.map(({ name }) => name);
    for (let start = 0; start < roles.length; start += CHUNK) {
      const chunk = roles.slice(start, start + CHUNK);
      const failed = await transact(roleWrites(directory, chunk, list));
      if (failed.includes(true)) return CONTESTED;
    }
    const settle = async (done: boolean) => {
      if (done) await retireContent(directory, namesIn(inForce));
    };
    return written({ writes: removals(directory, inForce), settle }, [
      registryWrite(directory, registry, { patterns: registry.patterns, isNamed: false }),
      roleListWrite(directory, { ...list, names }, { isNamed: false }),
      ...trail(memoryChanged({ before: spreadOf(inForce) })),
    ]);
  });
  await restateDomains(directory);
}

/**
 * Names all of it anew, as the first manifest has it: in a restored table an edit may show in one manifest
 * and not in another, or in an item and not in its copies.
 */
export const restateContent = (directory: Table): Promise<void> =>
  untilUncontested(SPREADING, async () => {
    const inForce = await readInForce(directory);
    if (!inForce) return undefined;
    const { since: _, ...stated } = await readStated(directory, inForce);
    return written(await respread(directory, inForce, spreadOf(inForce), stated), []);
  });

type Renaming = { writes: readonly Write[]; settle: (done: boolean) => Promise<void> };

async function written(
  renaming: Renaming | undefined,
  also: readonly Write[],
): Promise<undefined | typeof CONTESTED> {
  if (!renaming)
    throw refuse('conflict', 'too-much-to-name', 'The roles or the resources are more than fits.');
  const { writes, settle } = renaming;
  const failed = await transact([...also, ...writes]);
  await settle(!failed.includes(true));
  return failed.includes(true) ? CONTESTED : undefined;
}

function requireBounds(spread: Spread): void {
  if (!isWithinBounds(spread))
    throw refuseField('shards', 'field-out-of-range', 'times the buckets must be 1 to 64');
}

async function requireNamed(directory: Table): Promise<InForce> {
  const inForce = await readInForce(directory);
  if (!inForce)
    throw refuse(
      'conflict',
      'nothing-named',
      'The memory is off: `latchkey memory on` comes first.',
    );
  return inForce;
}
