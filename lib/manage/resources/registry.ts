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
    checkSize(patterns, read.patterns);
    checkRegistry(patterns);
    const before = Object.fromEntries(
      Object.entries(read.patterns).filter(([name]) => Object.hasOwn(resources, name)),
    );
    const also = trail(resourcesImported({ before, after: resources }));
    return (await saveRegistry(directory, read, patterns, also)) ? undefined : CONTESTED;
  });

const MAX_RESOURCES = 1000;
/** Of its JSON: every verdict reads it whole, and an item holds 400 KB. */
const MAX_BYTES = 131_072;

/** What is beyond a bound already may get smaller. */
export function checkSize(after: Registry['patterns'], before: Registry['patterns']): void {
  const countOf = (all: Registry['patterns']) => Object.keys(all).length;
  const bytesOf = (all: Registry['patterns']) => Buffer.byteLength(JSON.stringify(all));
  const fits =
    countOf(after) <= Math.max(MAX_RESOURCES, countOf(before)) &&
    bytesOf(after) <= Math.max(MAX_BYTES, bytesOf(before));
  if (fits) return;
  throw new AuthError({
    code: 'invalid_request',
    rule: 'registry-full',
    text: `there would be more than ${MAX_RESOURCES}, or more than ${MAX_BYTES / 1024} KB of names and patterns`,
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

type Pattern = { name: string; segments: string[] };

/**
 * The longest pattern wins a path. So below `/cdr` there may well be `/cdr/files`, which says so; but
 * `/{any}/files` would take that path from `cdr` without naming it. And below the paths of Latchkey
 * itself there is nothing to win: whoever did would call it with letters of their own resource.
 */
function refuseSwallowing(all: Registry['patterns']): void {
  const patterns = Object.entries(all).flatMap(([name, given]) =>
    (given.length > 0 ? given : [`/${name}`]).map(
      (pattern): Pattern => ({ name, segments: pattern.slice(1).split('/') }),
    ),
  );
  const own = patterns.filter(({ name }) => Object.hasOwn(OWN_RESOURCES, name));
  for (const long of patterns) {
    const loser = patterns.find((short) => swallows(long, short));
    if (loser) throw swallowing(long, loser);
    if (own.includes(long)) continue;
    const ours = own.find((short) => reachesBelow(long, short));
    if (ours) throw swallowing(long, ours);
  }
}

const isParameter = (segment: string | undefined): boolean => segment?.startsWith('{') === true;

/** Whether some path below the short pattern is the long one's. */
const reachesBelow = (long: Pattern, short: Pattern): boolean =>
  long.name !== short.name &&
  long.segments.length >= short.segments.length &&
  short.segments.every((segment, index) => {
    const other = long.segments[index];
    return segment === other || isParameter(segment) || isParameter(other);
  });

const swallows = (long: Pattern, short: Pattern): boolean =>
  long.segments.length > short.segments.length &&
  reachesBelow(long, short) &&
  short.segments.some(
    (segment, index) => !isParameter(segment) && isParameter(long.segments[index]),
  );

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
