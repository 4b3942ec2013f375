/**
 * Many resources at once, as an API's own description names them: all of them are registered, or
 * none. What they do not name stays; what they name with other patterns gets these, beside those of other kinds
 * of API, which no such description has.
 *
 * Errors: those of lifecycle.ts.
 *
 * @module
 */

import { type Administrator, requireAll, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { refuse } from '../../errors.ts';
import { resourcesImported } from '../../events/kinds/deployment.ts';
import type { Trail } from '../../events/trail.ts';
import { OWN_RESOURCES } from '../../store/directory/own-resources.ts';
import { readTitles, type Titles, titlesWrite } from '../../store/directory/resource-titles.ts';
import { type Registry, readRegistry, saveRegistry } from '../../store/directory/resources.ts';
import { checkRegistry, checkSize, EDITING } from './registry.ts';

export type Imported = { created: string[]; changed: string[]; unchanged: string[] };
type Patterns = Registry['patterns'];

/** @param terms - `dryRun` checks it all and writes nothing; `titles` are of those that have one. */
export async function importResources(
  directory: Table,
  administrator: Administrator,
  wanted: Patterns,
  { dryRun, trail, titles = {} }: { dryRun: boolean; trail: Trail; titles?: Titles | undefined },
): Promise<Imported> {
  requireAll(administrator);
  requireRoot(administrator);
  if (Object.keys(wanted).some((name) => Object.hasOwn(OWN_RESOURCES, name)))
    throw refuse(
      'conflict',
      'own-resource-imported',
      'A resource guards Latchkey itself and stays as it is.',
    );
  return untilUncontested(EDITING, async () => {
    const read = await readRegistry(directory);
    const registered = withOtherKinds(read.patterns, wanted);
    const imported = compared(read.patterns, registered);
    const patterns = { ...read.patterns, ...registered };
    checkSize(patterns, read);
    checkRegistry(patterns);
    const before = await readTitles(directory);
    const named = Object.entries(titles).filter(([key]) =>
      Object.hasOwn(wanted, key.replace(/#.*$/, '')),
    );
    const isNamed = named.some(([name, title]) => before[name] !== title);
    const names = [...imported.created, ...imported.changed];
    if (dryRun || (names.length === 0 && !isNamed)) return imported;
    const traced = trail(
      resourcesImported({
        before: only(read.patterns, imported.changed),
        after: only(registered, names),
      }),
    );
    const all = { ...before, ...Object.fromEntries(named) };
    const also = [...traced, ...(isNamed ? [titlesWrite(directory, all)] : [])];
    return (await saveRegistry(directory, read, patterns, also)) ? imported : CONTESTED;
  });
}

/** The fields of GraphQL APIs, and the stages of WebSocket APIs. */
const OTHER_KINDS = /^\/(?:graphql|websocket)(?:\/|$)/;

/** A field whose own pattern is gone is guarded by nothing, or refused to everybody. */
const withOtherKinds = (before: Patterns, wanted: Patterns): Patterns =>
  Object.fromEntries(
    Object.entries(wanted).map(([name, patterns]) => {
      const old = Object.hasOwn(before, name) ? (before[name] ?? []) : [];
      const kept = old.filter((one) => OTHER_KINDS.test(one) && !patterns.includes(one));
      const own = patterns.length > 0 || kept.length === 0 ? patterns : [`/${name}`];
      return [name, [...own, ...kept]];
    }),
  );

function compared(before: Patterns, wanted: Patterns): Imported {
  const imported: Imported = { created: [], changed: [], unchanged: [] };
  for (const [name, patterns] of Object.entries(wanted)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    const same = old && JSON.stringify([...old].sort()) === JSON.stringify([...patterns].sort());
    imported[same ? 'unchanged' : old ? 'changed' : 'created'].push(name);
  }
  return imported;
}

const only = (patterns: Patterns, names: readonly string[]): Patterns =>
  Object.fromEntries(names.map((name) => [name, patterns[name] ?? []]));
