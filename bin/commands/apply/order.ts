/**
 * In which order roles are made: a parent before its children.
 *
 * Errors: Failure for roles that inherit from themselves.
 *
 * @module
 */
import { Failure } from '../failure.ts';
import type { Members } from './kinds.ts';

/** @returns The names, those of parents first; what is no name here is left out. */
export function parentsFirst(roles: Readonly<Record<string, Members>>): string[] {
  const done: string[] = [];
  const visit = (name: string, below: readonly string[]): void => {
    if (below.includes(name))
      throw new Failure(`roles inherit from themselves: ${[...below, name].join(' from ')}`);
    if (done.includes(name) || !Object.hasOwn(roles, name)) return;
    const { parents } = roles[name] ?? {};
    for (const parent of Array.isArray(parents) ? parents : [])
      visit(String(parent), [...below, name]);
    done.push(name);
  };
  for (const name of Object.keys(roles)) visit(name, []);
  return done;
}
