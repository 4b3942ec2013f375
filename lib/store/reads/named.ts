/**
 * What a verdict needs of named content: which names a manifest gives it, and what is in them.
 *
 * @module
 */
import { parseItem } from '../../aws/item.ts';
import { type DomainInForce, domainIn } from '../directory/domains-in-force.ts';
import { type EffectiveRole, EffectiveRoleItem } from '../directory/roles.ts';
import { type Content, type Named, onceEach } from '../named/content.ts';
import { copiesOfDomains, copiesOfShared, type Manifest, type Spread } from '../named/manifest.ts';
import type { Recall } from '../named/memory.ts';
import { ANY_SEGMENT, type Patterns, patternsOf, pieceOf } from '../named/pieces.ts';

export type Needed = {
  domain: string;
  roles: readonly string[];
  /** The first segments of the paths in question, in lower case; `all` for the whole registry. */
  segments: readonly string[] | 'all';
};
type Contents = Readonly<Record<string, Content>>;
type Names = { registry: readonly string[]; roles: readonly string[]; domains: readonly string[] };

export function namesFor(
  { registry, roles, domains }: Manifest,
  { segments, roles: needed }: Omit<Needed, 'domain'>,
): Names {
  const pieces = segments === 'all' ? [] : [ANY_SEGMENT, ...segments.map(pieceOf)];
  return {
    registry: distinct(
      segments === 'all' ? Object.values(registry) : pieces.map((piece) => registry[piece]),
    ),
    roles: distinct(needed.map((name) => roles[pieceOf(name)])),
    domains: distinct([domains]),
  };
}

const distinct = (names: readonly (string | undefined)[]): string[] => [
  ...new Set(names.flatMap((name) => name ?? [])),
];

export function unknownOf(
  recall: Recall,
  { registry, roles, domains }: Names,
  spread: Spread,
): Named[] {
  const unknown = (names: readonly string[], copies: number): Named[] =>
    names.filter((name) => !recall(name)).map((name) => ({ name, copies }));
  return [
    ...unknown([...registry, ...roles], copiesOfShared(spread)),
    ...unknown(domains, copiesOfDomains(spread)),
  ];
}

const recalled = (recall: Recall, names: readonly string[]): Content[] =>
  names.map(recall).filter((content) => content !== undefined);

/** Together they are the registry, as far as it is needed. */
export const registryIn = (recall: Recall, { registry }: Names): Patterns[] =>
  recalled(recall, registry).map(patternsIn);

/** Those that there are, in the order asked for. */
export function rolesIn(
  recall: Recall,
  { roles }: Pick<Names, 'roles'>,
  wanted: readonly string[],
): EffectiveRole[] {
  const all = new Map<string, Content>(
    recalled(recall, roles).flatMap((piece) => Object.entries(piece as Contents)),
  );
  return wanted.flatMap((name) => {
    const found = all.get(name);
    return found ? [roleIn(found)] : [];
  });
}

/** @returns `undefined` for a domain that the content does not have. */
export const domainOf = (
  recall: Recall,
  { domains }: Names,
  name: string,
): DomainInForce | undefined =>
  recalled(recall, domains).flatMap((content) => domainIn(content, name) ?? [])[0];

const patternsIn = onceEach(patternsOf);
const roleIn = onceEach((content) => parseItem(EffectiveRoleItem, content));
