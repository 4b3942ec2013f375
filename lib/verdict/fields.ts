/**
 * Which fields of a GraphQL API a caller may use. `Type.field` is the path `/graphql/Type/field`; a
 * mutation needs the letter u on its resource, every other field r.
 *
 * A field of a root type that nothing registered covers may be used by nobody, as any path. A field of
 * another type is part of an answer that was allowed: it is guarded only where it is registered itself.
 *
 * Where the operation is not to be leant on, only registered fields can be denied by name. So then
 * the caller must hold whatever covers the others, or is refused.
 *
 * @module
 */
import { type Caller, grantHeld, type Permission, permissionFor, type Refusal } from './judge.ts';
import { patternsOf, type Registry } from './registry.ts';
import type { Patterns } from './resource.ts';

/** Below it are the paths of all fields. */
export const FIELDS = '/graphql';

/** A field of a root type, as an operation calls it. */
export type RootField = { type: string; field: string };

export type FieldsVerdict =
  | { status: 'allowed'; denied: readonly string[]; own: readonly string[] }
  | { status: 'forbidden'; refusal: Refusal };

const ROOTS = ['Query', 'Mutation', 'Subscription'];
/** Stands for any field that is not registered: no field can have this name. */
const ANY_OTHER = '-';
/** Anybody may ask what type it is that was asked. */
const TYPENAME = '__typename';

/** @param registry - With all below {@link FIELDS}. @param fields - Those of the operation; `undefined` where the answer must hold for any. */
export function judgeFields(
  caller: Caller,
  registry: Registry,
  fields: readonly RootField[] | undefined,
): FieldsVerdict {
  const judge = (one: RootField): Judged => {
    const method = one.type === 'Mutation' ? 'PUT' : 'GET';
    const path = `${FIELDS}/${one.type}/${one.field}`;
    return { ...one, permission: permissionFor(caller, registry, { method, path }) };
  };
  // Its own pattern is the longest that covers it.
  const judgeKnown = ({ resource, ...one }: RootField & { resource: string }): Judged => {
    const action = one.type === 'Mutation' ? 'u' : 'r';
    const grant = grantHeld(caller, resource, action);
    const permission = { resource, action, own: grant === 'own' } as const;
    return { ...one, permission: grant === 'none' ? NOT_PERMITTED : permission };
  };
  const known = registeredFields(patternsOf(registry));
  const needed = (fields ?? ROOTS.map((type) => ({ type, field: ANY_OTHER })))
    .filter(({ field }) => field !== TYPENAME)
    .map(judge);
  const refused = needed.filter(isDenied);
  // What changes something must not run at all, and not just keep its answer to itself.
  const fatal = refused.find(({ type, field }) => type !== 'Query' || field === ANY_OTHER);
  if (fatal && 'rule' in fatal.permission)
    return { status: 'forbidden', refusal: fatal.permission };
  if (fields && refused.length === needed.length) return { status: 'forbidden', refusal: NO_FIELD };
  const named = known.map(judgeKnown);
  // Another field may lead back to a root type, so its fields are denied wherever they are asked.
  const used = fields ? named.filter(({ type }) => !ROOTS.includes(type)) : named;
  return {
    status: 'allowed',
    denied: [...new Set([...needed, ...named].filter(isDenied).map(nameOf))],
    own: [...new Set([...needed, ...used].flatMap(ownResource))],
  };
}

type Judged = RootField & { permission: Permission | Refusal };
const isDenied = ({ permission }: Judged): boolean => 'rule' in permission;

const refusal = (reason: string): Refusal => ({ rule: 'letter-not-held', reason });
const NOT_PERMITTED = refusal('the field is not permitted');
const NO_FIELD = refusal('no field of the operation is permitted');

const nameOf = ({ type, field }: RootField): string => `${type}.${field}`;

const ownResource = ({ permission }: Judged): string[] =>
  'own' in permission && permission.own ? [`${permission.resource}:${permission.action}`] : [];

const FIELD = /^\/graphql\/([_A-Za-z]\w*)\/([_A-Za-z]\w*)$/;

const registeredFields = (patterns: Patterns): (RootField & { resource: string })[] =>
  Object.entries(patterns).flatMap(([resource, given]) =>
    (given.length > 0 ? given : [`/${resource}`]).flatMap((pattern) => {
      const [, type, field] = FIELD.exec(pattern) ?? [];
      return type && field ? [{ resource, type, field }] : [];
    }),
  );
