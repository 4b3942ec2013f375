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
import { ACTIONS, type Action, type Extent, methodsOf } from '../../verdict/acl.ts';
import type { Patterns } from '../../verdict/resource.ts';
import {
  allowedGlobs,
  deniedGlobs,
  guardGlobs,
  includes,
  isSpellable,
  type Segments,
  TRICKS,
  winsFrom,
} from './policy-globs.ts';

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

export function compilePolicy({ patterns, permits, stage, paths }: Question): CompiledPolicy {
  const all = registered(patterns);
  const grants = Object.keys(patterns).map((resource) => ({
    resource,
    letters: ACTIONS.map((action) => permits(resource, action)),
  }));
  const [allow, deny, lost] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const [index, action] of ACTIONS.entries()) {
    const held = grants.filter(({ letters }) => letters[index] !== 'none');
    const parts = globsOf(all, new Set(held.map(({ resource }) => resource)), paths);
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
function globsOf(all: readonly Registered[], held: ReadonlySet<string>, paths: readonly string[]) {
  const wanted = all.filter(({ resource, path }) => held.has(resource) && isBelow(path, paths));
  const spellable = wanted.filter(({ segments }) => isSpellable(segments));
  const roots = spellable.filter(
    (one, at) =>
      !spellable.some(
        (other, index) =>
          index !== at &&
          includes(other.segments, one.segments) &&
          (index < at || !includes(one.segments, other.segments)),
      ),
  );
  const cuts = all
    .filter(({ resource }) => !held.has(resource))
    .flatMap((one) =>
      roots
        .filter((root) => winsFrom(one.segments, root.segments))
        .map((root) => ({ cut: one.segments, root: root.segments })),
    );
  return {
    allow: roots.flatMap(({ segments }) => allowedGlobs(segments)),
    deny: [
      ...roots.flatMap(({ segments }) => guardGlobs(segments)),
      ...cuts.flatMap(({ cut, root }) => deniedGlobs(cut, root)),
    ],
    lost: wanted.filter(
      (one) => !spellable.includes(one) || cuts.some(({ cut }) => includes(cut, one.segments)),
    ),
  };
}

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
