/**
 * Adds resources to the registry, or gives them new patterns.
 *
 * Errors: `invalid_request` naming the resource: a pattern that is no path, that covers everything,
 *         that another resource has already, or that differs from another one in case only.
 *
 * @module
 */
import { AuthError, unavailable } from '../errors.ts';
import { type Registry, readRegistry, saveRegistry } from '../store/resources.ts';
import type { Table } from '../store/table.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]*(\/[A-Za-z0-9][A-Za-z0-9._~-]*)*$/;
/** The SDK and the schema of the registry cannot hold a member of this name. */
const UNSTORABLE = ['constructor', 'prototype'];
const PATTERN = /^(\/([A-Za-z0-9._~@!'(),;=+-]+|\{[A-Za-z0-9]+\}))+$/;
const TRIES = 5;

/** @param resources - Name to patterns; an empty list stands for the default, `/` + name. */
export async function registerResources(
  directory: Table,
  resources: Registry['patterns'],
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const read = await readRegistry(directory);
    const patterns = { ...read.patterns, ...resources };
    check(patterns);
    if (await saveRegistry(directory, read, patterns)) return;
  }
  throw unavailable('resources are being edited by too many at once');
}

type Taken = { owner: string; shape: string };

function check(all: Registry['patterns']): void {
  const taken = new Map<string, Taken>();
  for (const [name, given] of Object.entries(all)) {
    if (!NAME.test(name) || UNSTORABLE.includes(name))
      throw refusal(name, 'is not a resource name');
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
}

function checkPattern(name: string, pattern: string): void {
  if (!PATTERN.test(pattern) || /\/\.{1,2}(\/|$)/.test(pattern))
    throw refusal(name, 'has a pattern that is not a path');
  if (/^(\/\{[^}]*\})+$/.test(pattern)) throw refusal(name, 'has a pattern without a fixed part');
}

function checkCollision(name: string, shape: string, other: Taken): void {
  if (other.owner !== name) throw refusal(name, `shares a pattern with ${other.owner}`);
  if (other.shape !== shape) throw refusal(name, 'has two patterns that differ in case only');
}

const refusal = (name: string, problem: string) =>
  new AuthError('invalid_request', `resources: ${JSON.stringify(name)} ${problem}`);
