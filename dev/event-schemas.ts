/**
 * The JSON Schemas of the events, one a type and version, made of what the code shows and tells.
 *
 *   node dev/event-schemas.ts    writes docs/events/*.json anew
 *
 * @module
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ShownImport } from '../lib/events/kinds/deployment.ts';
import { DETAIL, SHOWN } from '../lib/events/kinds/shown.ts';
import { converter, type JsonSchema } from '../lib/openapi/json-schema.ts';
import { EventItem, versionedType } from '../lib/store/events/event.ts';
import { EVENT_TYPE_NAMES, EVENT_TYPES, type EventType } from '../lib/store/events/types.ts';

const FOLDER = join(import.meta.dirname, '../docs/events');

export const schemaFiles = (): Record<string, string> =>
  Object.fromEntries(
    EVENT_TYPE_NAMES.map((type) => {
      const { v: version } = EVENT_TYPES[type];
      const text = `${JSON.stringify(schemaOf(type), undefined, 2)}\n`;
      return [`${versionedType({ type, v: version })}.json`, text];
    }),
  );

function schemaOf(type: EventType): JsonSchema {
  const { v: version, collection } = EVENT_TYPES[type];
  const { before: _b, after: _a, detail: _d, ...entries } = EventItem.entries;
  const shown = type === 'resources.imported' ? ShownImport : SHOWN[collection];
  const detail = DETAIL[type];
  const schema = v.strictObject({
    ...entries,
    type: v.literal(type),
    v: v.literal(version),
    collection: v.literal(collection),
    actor: v.strictObject(EventItem.entries.actor.entries),
    ...(shown && { before: v.optional(shown), after: v.optional(shown) }),
    ...(detail && { detail }),
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: versionedType({ type, v: version }),
    ...converter({}, 'output')(schema as never),
  };
}

if (import.meta.main) {
  for (const name of readdirSync(FOLDER)) if (name.endsWith('.json')) rmSync(join(FOLDER, name));
  for (const [name, text] of Object.entries(schemaFiles())) writeFileSync(join(FOLDER, name), text);
}
