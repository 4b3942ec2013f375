/**
 * Contract fixtures: a request and the expected answer as JSON, with placeholders in angle brackets.
 * `requires` says what must exist for it to hold.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

export type Fixture = {
  name: string;
  requires?: string;
  request: { route: string; headers: Record<string, string>; query?: string; body?: unknown };
  answer: { status: number; body: Record<string, unknown> };
};

const FOLDER = join(import.meta.dirname, '../../fixtures');

export const fixturesOf = (dialect: string): Fixture[] =>
  globSync(`${dialect}/*.json`, { cwd: FOLDER })
    .sort()
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));

/** @param name - Such as `appmixer/sign-in`. */
export const fixtureOf = (name: string): Fixture =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));

const MATCHERS: Record<string, () => unknown> = {
  '<uuid>': () =>
    expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  '<jwt>': () => expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  '<user id>': () => expect.stringMatching(/^[0-9a-f]{24}$/),
  '<integer>': () => expect.toSatisfy(Number.isSafeInteger),
  '<UTC>': () => expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  '<milliseconds>': () => expect.toSatisfy((value) => Number.isInteger(value) && value > 1e12),
};

/** The expected body, its placeholders as matchers. */
export const matching = (body: Fixture['answer']['body']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      isObject(value) ? matching(value) : (MATCHERS[String(value)]?.() ?? value),
    ]),
  );

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
