/**
 * Adds resources to the registry, or gives them new patterns.
 *
 * Errors: `invalid_request` naming the resource: a name that is none, a pattern that is no path, that
 *         covers everything, that another resource has already, that differs from another one in
 *         case only, or that would swallow paths of another one.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { AuthError } from '../../errors.ts';
import { resourcesImported } from '../../events/kinds/deployment.ts';
import { type Trail, UNTRACKED } from '../../events/trail.ts';
import type { RuleName } from '../../rules.ts';
import { OWN_RESOURCES } from '../../store/directory/own-resources.ts';
import { type Registry, readRegistry, saveRegistry } from '../../store/directory/resources.ts';
import { firstSwallowing, type Pattern, reachesBelow } from './swallowing.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]*(\/[A-Za-z0-9][A-Za-z0-9._~-]*)*$/;
/** The SDK and the schema of the registry cannot hold a member of this name. */
const UNSTORABLE = ['constructor', 'prototype'];
const PATTERN = /^(\/([A-Za-z0-9._~@!'(),;=+-]+|\{[A-Za-z0-9]+\}))+$/;
/** No path that names anything has them (resource.ts). */
const DOTS = /\/\.{1,2}(\/|$)/;

/** Of each attempt, for the log. */
export const EDITING = 'resources are being edited';

/**
 * Whoever may do it: for seeds and operators.
 *
 * @param resources - Name to patterns; an empty list stands for the default, `/` + name.
 */
export const registerResources = (
  directory: Table,
  resources: Registry['patterns'],
  trail: Trail = UNTRACKED,
): Promise<void> =>
  untilUncontested(EDITING, async () => {
    const read = await readRegistry(directory);
    const patterns = { ...read.patterns, ...resources };
    checkSize(patterns, read);
    checkRegistry(patterns);
    const before = Object.fromEntries(
      Object.entries(read.patterns).filter(([name]) => Object.hasOwn(resources, name)),
    );
    const also = trail(resourcesImported({ before, after: resources }));
    return (await saveRegistry(directory, read, patterns, also)) ? undefined : CONTESTED;
  });

type Bounds = { resources: number; bytes: number };
/** In one item, which every verdict reads whole; it holds 400 KB. */
const UNNAMED: Bounds = { resources: 1000, bytes: 131_072 };
/** In pieces, of which a verdict needs a few. An edit reads them all. */
const NAMED: Bounds = { resources: 10_000, bytes: 2_097_152 };

/** What is beyond a bound already may get smaller. */
export const checkSize = (after: Registry['patterns'], { patterns, inForce }: Registry): void =>
  requireSize(after, patterns, inForce ? NAMED : UNNAMED);

/** Whether it would fit where nothing is named. */
export const checkUnnamedSize = (patterns: Registry['patterns']): void =>
  requireSize(patterns, {}, UNNAMED);

function requireSize(
  after: Registry['patterns'],
  before: Registry['patterns'],
  { resources, bytes }: Bounds,
): void {
  const countOf = (all: Registry['patterns']) => Object.keys(all).length;
  const bytesOf = (all: Registry['patterns']) => Buffer.byteLength(JSON.stringify(all));
  const fits =
    countOf(after) <= Math.max(resources, countOf(before)) &&
    bytesOf(after) <= Math.max(bytes, bytesOf(before));
  if (fits) return;
  throw new AuthError({
    code: 'invalid_request',
    rule: 'registry-full',
    text: `there would be more than ${resources}, or more than ${bytes / 1024} KB of names and patterns`,
    field: 'resources',
    reason: 'more resources than a verdict may read',
  });
}

type Taken = { owner: string; shape: string };

/** Of the registry as a whole: whether a pattern may stand depends on the others. */
export function checkRegistry(all: Registry['patterns']): void {
  const taken = new Map<string, Taken>();
  for (const [name, given] of Object.entries(all)) {
    if (!NAME.test(name) || UNSTORABLE.includes(name))
      throw refusal(name, 'resource-name-malformed', 'is not a resource name', 'name');
    for (const pattern of given.length > 0 ? given : [`/${name}`]) {
      checkPattern(name, pattern);
      const shape = pattern.replace(/\{[^}]*\}/g, '{}');
      // A backend that ignores case could not tell two such patterns apart.
      const folded = shape.toLowerCase();
      const other = taken.get(folded) ?? { owner: name, shape };
      checkCollision(name, shape, other);
      taken.set(folded, other);
    }
  }
  refuseSwallowing(all);
}

/**
 * Below the paths of Latchkey itself there is nothing to win: whoever did would call it with letters of
 * their own resource.
 */
function refuseSwallowing(all: Registry['patterns']): void {
  const patterns = Object.entries(all).flatMap(([name, given]) =>
    (given.length > 0 ? given : [`/${name}`]).map(
      (pattern): Pattern => ({ name, segments: pattern.slice(1).split('/') }),
    ),
  );
  const own = patterns.filter(({ name }) => isRegisteredOwn(name));
  const worst = firstSwallowing(patterns);
  for (const long of patterns) {
    if (long === worst?.long) throw swallowing(long, worst.short);
    if (isRegisteredOwn(long.name)) continue;
    const ours = own.find((short) => reachesBelow(long, short));
    if (ours) throw swallowing(long, ours);
  }
}

const isRegisteredOwn = (name: string): boolean => Object.hasOwn(OWN_RESOURCES, name);

function checkPattern(name: string, pattern: string): void {
  if (!PATTERN.test(pattern) || DOTS.test(pattern))
    throw refusal(name, 'pattern-malformed', 'has a pattern that is not a path');
  if (/^(\/\{[^}]*\})+$/.test(pattern))
    throw refusal(name, 'pattern-of-anything', 'has a pattern without a fixed part');
}

function checkCollision(name: string, shape: string, other: Taken): void {
  if (other.owner !== name)
    throw refusal(name, 'pattern-taken', `shares a pattern with ${other.owner}`);
  if (other.shape !== shape)
    throw refusal(name, 'pattern-case', 'has two patterns that differ in case only');
}

const swallowing = (long: Pattern, short: Pattern) =>
  refusal(long.name, 'pattern-swallows', `would swallow paths of ${short.name}`);

const refusal = (name: string, rule: RuleName, problem: string, field = 'patterns') =>
  new AuthError({
    code: 'invalid_request',
    rule,
    text: `${JSON.stringify(name)} ${problem}`,
    field,
    reason: 'a resource that cannot be registered',
  });
