/**
 * What is typed in a form, between the thing that the service shows and the change that it takes.
 *
 * Lists are typed a line each. A change holds only what differs, and `null` for what was emptied (RFC 7396).
 *
 * @module
 */
import type { FieldSpec, Value } from './fields.tsx';

export type Draft = Readonly<Record<string, Value>>;
type Json = Record<string, unknown>;

export const draftOf = (thing: object, specs: readonly FieldSpec[]): Draft =>
  Object.fromEntries(specs.map((spec) => [spec.name, valueIn(at(thing, spec.name), spec)]));

function at(thing: object, name: string): unknown {
  const [first = '', rest] = name.split(/\.(.*)/s);
  const member = (thing as Json)[first];
  if (rest === undefined) return member;
  return typeof member === 'object' && member !== null ? at(member, rest) : undefined;
}

function valueIn(member: unknown, { kind, options, unsaid }: FieldSpec): Value {
  if (kind === 'switch') return member === true;
  if (kind === 'names') return Array.isArray(member) ? member.map(String) : [];
  if (kind === 'lines') return Array.isArray(member) ? member.join('\n') : '';
  if (member === undefined || member === null || member === unsaid)
    return kind === 'choice' ? (options?.[0] ?? '') : '';
  return String(member);
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function memberOf(value: Value, { kind }: FieldSpec): unknown {
  if (kind === 'lines') return linesOf(String(value));
  if (kind === 'number') return value === '' ? null : Number(value);
  return value === '' ? null : value;
}

export const differs = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one) !== JSON.stringify(other);

/** @returns A merge patch of what differs from the base. */
export function changeOf(base: Draft, draft: Draft, specs: readonly FieldSpec[]): Json {
  const change: Json = {};
  for (const spec of specs) {
    const value = draft[spec.name] ?? '';
    if (differs(base[spec.name], value)) put(change, spec.name, memberOf(value, spec));
  }
  return change;
}

export const shownIn = (draft: Draft, specs: readonly FieldSpec[]): FieldSpec[] =>
  specs.filter(({ isShown }) => isShown?.(draft) ?? true);

/** @returns A new thing: what was left empty, or is not there, is left out. */
export function thingOf(draft: Draft, specs: readonly FieldSpec[]): Json {
  const thing: Json = {};
  for (const spec of shownIn(draft, specs)) {
    const member = memberOf(draft[spec.name] ?? '', spec);
    if (member !== null && !(Array.isArray(member) && member.length === 0))
      put(thing, spec.name, member);
  }
  return thing;
}

function put(into: Json, name: string, member: unknown): void {
  const [first = '', rest] = name.split(/\.(.*)/s);
  if (rest === undefined) into[first] = member;
  else {
    into[first] ??= {};
    put(into[first] as Json, rest, member);
  }
}

/** @returns The problem of a field, also where it is of one of its elements. */
export const errorAt = (
  errors: Readonly<Record<string, string>>,
  name: string,
): string | undefined =>
  errors[name] ?? Object.entries(errors).find(([field]) => field.startsWith(`${name}.`))?.[1];
