/**
 * Settings that an administrator changes while the service runs.
 *
 * Item: { pk: "settings", sk: "settings", version, userCreateScope, faveoApiKey?, faveoApiKeyMandatory }
 *       in the directory table
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from './item.ts';
import { get, type Key, put, type Table } from './table.ts';

export const SettingsItem = v.object({
  version: v.number(),
  /** Scopes one of which a caller needs to make a user (Appmixer); `undefined`: as deployed. */
  userCreateScope: v.optional(v.array(v.string())),
  /** Names the calling application (Faveo). It grants nothing, and its panel shows it again. */
  faveoApiKey: v.optional(v.string()),
  faveoApiKeyMandatory: v.boolean(),
});
export type Settings = v.InferOutput<typeof SettingsItem>;

export const SETTINGS: Key = { pk: 'settings', sk: 'settings' };
const DEFAULTS: Settings = { version: 0, faveoApiKeyMandatory: false };

export async function readSettings(directory: Table): Promise<Settings> {
  const item = await get(directory, SETTINGS);
  return item ? parseItem(SettingsItem, item) : DEFAULTS;
}

/** @param before - As read. @returns `false` when another change came first. */
export const saveSettings = (
  directory: Table,
  before: Settings,
  after: Settings,
): Promise<boolean> =>
  put(
    directory,
    { ...SETTINGS, ...after, version: before.version + 1 },
    before.version === 0
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'version = :read', values: { ':read': before.version } },
  );
