/** The JSON Schemas in docs/events: those of the code, and a list of what is shown. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { schemaFiles } from '../../dev/event-schemas.ts';
import { SHOWN } from '../../lib/events/kinds/shown.ts';
import { ClientItem } from '../../lib/store/directory/clients.ts';
import { DomainItem } from '../../lib/store/directory/domains.ts';
import { RoleItem } from '../../lib/store/directory/roles.ts';
import { SettingsItem } from '../../lib/store/directory/settings.ts';
import { UserItem } from '../../lib/store/directory/users.ts';
import { StandingItem } from '../../lib/store/sessions/sessions.ts';

const FOLDER = join(import.meta.dirname, '../../docs/events');

test('are as `node dev/event-schemas.ts` writes them', () => {
  const files = schemaFiles();
  const there = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  expect(there.sort()).toEqual(Object.keys(files).sort());
  for (const [name, text] of Object.entries(files))
    expect(readFileSync(join(FOLDER, name), 'utf8'), name).toBe(text);
});

test('are JSON Schemas (2020-12), by another library', () => {
  for (const [name, text] of Object.entries(schemaFiles()))
    expect(
      new Ajv2020({ strict: true, allowUnionTypes: true }).validateSchema(JSON.parse(text)),
      name,
    ).toBe(true);
});

describe('of each thing it was decided what is shown', () => {
  /** What is stored of it and never told. */
  const HIDDEN = {
    users: [
      UserItem,
      [
        'kind',
        'names',
        'passwordHash',
        'generation',
        'imported',
        'spread',
        'switched',
        'scopes',
        'domains',
        'createdAt',
        'updatedAt',
        'version',
      ],
    ],
    clients: [
      ClientItem,
      ['kind', 'secrets', 'generation', 'switched', 'createdAt', 'updatedAt', 'version'],
    ],
    keys: [StandingItem, ['secrets', 'ownerSwitched', 'domainSwitched', 'version']],
    roles: [RoleItem, ['effective', 'ancestors']],
    domains: [DomainItem, ['generation', 'switched', 'version', 'isNamed']],
    settings: [SettingsItem, ['version', 'faveoApiKey', 'formerApplicationKey', 'cursorKey']],
  } as const;

  test.each(Object.entries(HIDDEN))('%s', (collection, [item, hidden]) => {
    const shown = Object.keys(SHOWN[collection as 'users']?.entries ?? {});
    const stored = Object.keys(item.entries);
    expect(stored.filter((name) => !shown.includes(name)).sort()).toEqual([...hidden].sort());
  });
});
