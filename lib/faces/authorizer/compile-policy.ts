/**
 * All that a caller may call at an API, as one policy: every registered pattern under every method
 * whose letter the caller holds, less what longer patterns take out of it.
 *
 * Never wider than the verdict on each single call (verdict.ts); docs/authorizer.md says where it is
 * narrower. It must not be cut: whoever cannot use it whole must not use it.
 *
 * NOT in it: whose objects. `own` says for which resources and letters the backend must look.
 *
 * @module
 */
import { Fault } from '../../errors.ts';
import { ACTIONS, type Action, type Extent, methodsOf } from '../../verdict/acl.ts';
import type { Patterns } from '../../verdict/resource.ts';
import { MAX_ANSWER } from './answer.ts';
import {
  allowedGlobs,
  deniedGlobs,
  guardGlobs,
  isSpellable,
  type Segments,
  TRICKS,
  winsFrom,
} from './policy-globs.ts';
import { foldedTreeOf, including, meeting, treeOf } from './policy-tree.ts';

export type CompiledPolicy = {
  /** ARNs. */
  allow: readonly string[];
  deny: readonly string[];
  /** `resource:letters`, each of which counts for own objects only. */
  own: readonly string[];
  /** Resources that the caller may call, but not by this policy; see deniedGlobs. */
  lost: readonly string[];
};
type Registered = { resource: string; path: string; segments: Segments };
type Question = {
  patterns: Patterns;
  permits: (resource: string, action: Action) => Extent;
  /** ARN of the stage. */
  stage: string;
  /** Of the resources below these alone; none means all. */
  paths: readonly string[];
};

/** @throws Fault as soon as there is more than fits: the work grows with the registry alone. */
export function compilePolicy({ patterns, permits, stage, paths }: Question): CompiledPolicy {
  const all = registered(patterns);
  // Each of them is an ARN of this stage, and longer.
  const most = MAX_ANSWER / stage.length;
  const grants = Object.keys(patterns).map((resource) => ({
    resource,
    letters: ACTIONS.map((action) => permits(resource, action)),
  }));
  const [allow, deny, lost] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const [index, action] of ACTIONS.entries()) {
    const held = grants.filter(({ letters }) => letters[index] !== 'none');
    const parts = globsOf(all, new Set(held.map(({ resource }) => resource)), { paths, most });
    for (const { resource } of parts.lost) lost.add(resource);
    for (const method of methodsOf(action)) {
      for (const glob of parts.allow) allow.add(`${stage}/${method}/${glob}`);
      for (const glob of parts.deny) deny.add(`${stage}/${method}/${glob}`);
    }
  }
  const tricks = allow.size > 0 ? TRICKS.map((trick) => `${stage}/${trick}`) : [`${stage}/*`];
  return {
    allow: [...allow],
    deny: [...deny, ...tricks],
    own: grants.flatMap(ownOf),
    lost: [...lost],
  };
}

const registered = (patterns: Patterns): Registered[] =>
  Object.entries(patterns).flatMap(([resource, given]) =>
    (given.length > 0 ? given : [`/${resource}`]).map((path) => ({
      resource,
      path,
      segments: path.slice(1).split('/'),
    })),
  );

/** For one letter. What another pattern that is held includes needs no mention. */
function globsOf(
  all: readonly Registered[],
  held: ReadonlySet<string>,
  { paths, most }: { paths: readonly string[]; most: number },
) {
  const wanted = all.filter(({ resource, path }) => held.has(resource) && isBelow(path, paths));
  const spellable = wanted.filter(({ segments }) => isSpellable(segments)).map(segmentsOf);
  const tree = treeOf(spellable);
  const roots = spellable.filter((one, place) =>
    including(tree, one).every((other) => other === place),
  );
  if (roots.length > most) throw tooMany();
  const others = all.filter(({ resource }) => !held.has(resource)).map(segmentsOf);
  const { cuts, globs } = cutOut(others, roots, most);
  const cut = treeOf(cuts);
  return {
    allow: roots.flatMap(allowedGlobs),
    deny: [...roots.flatMap(guardGlobs), ...globs],
    lost: wanted.filter(
      ({ segments }) => !isSpellable(segments) || !including(cut, segments).next().done,
    ),
  };
}

const segmentsOf = ({ segments }: Registered): Segments => segments;

/** What the other patterns take out of the roots, and which of them do. */
function cutOut(others: readonly Segments[], roots: readonly Segments[], most: number) {
  const tree = foldedTreeOf(roots);
  const cuts: Segments[] = [];
  const globs = new Set<string>();
  for (const pattern of others) {
    const losing = meeting(tree, pattern)
      .map((place) => roots[place] ?? [])
      .filter((root) => winsFrom(pattern, root))
      .toArray();
    if (losing.length > 0) cuts.push(pattern);
    for (const glob of losing.flatMap((root) => deniedGlobs(pattern, root))) globs.add(glob);
    if (globs.size > most) throw tooMany();
  }
  return { cuts, globs };
}

/** As policyAnswer would say of all of them, if it came to that: the caller alone would wait for it. */
const tooMany = (): Fault => new Fault('a policy of more patterns than API Gateway takes');

const isBelow = (path: string, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((one) => `${path}/`.startsWith(`${one}/`));

const ownOf = ({
  resource,
  letters,
}: {
  resource: string;
  letters: readonly Extent[];
}): string[] => {
  const own = ACTIONS.filter((_action, index) => letters[index] === 'own');
  return own.length > 0 ? [`${resource}:${own.join('')}`] : [];
};
