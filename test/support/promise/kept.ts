/** What a history has to come to: nothing that breaks the promise, and enough that could have. */
import { expect } from 'vitest';
import { check, type History } from './history.ts';

export const problems = (history: History): string[] =>
  check(history).violations.map(({ problem, call }) => `${problem} ${JSON.stringify(call)}`);

export function expectKept(history: History): void {
  const { certain } = check(history);
  expect(problems(history)).toEqual([]);
  expect(certain.allowed).toBeGreaterThan(5);
  expect(certain.refused).toBeGreaterThan(20);
}
