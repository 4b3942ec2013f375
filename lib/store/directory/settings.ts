/**
 * Settings that an administrator changes while the service runs.
 *
 * Item: { pk: "settings", sk: "settings", version, userCreateScope, faveoApiKey?,
 *       formerApplicationKey?, faveoApiKeyMandatory,
 *       keyLifetime?, maxKeyLifetime?, cursorKey? } in the directory table; lifetimes are seconds
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem, SecondsItem } from '../../aws/item.ts';
import { get, type Key, put, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { type SecretHash, SecretHashItem } from './secret-hash.ts';

export const SettingsItem = v.object({
  version: v.number(),
  /** Scopes one of which a caller needs to make a user; `undefined`: as deployed. */
  userCreateScope: v.optional(v.array(v.string())),
  /** Names the calling application. It grants nothing, and its panel shows it again. */
  faveoApiKey: v.optional(v.string()),
  /** The one before it, which works on until its overlap ends. */
  formerApplicationKey: v.optional(SecretHashItem),
  faveoApiKeyMandatory: v.boolean(),
  /** Of API keys and domain tokens, in seconds: where nothing is said, and at most. */
  keyLifetime: v.optional(SecondsItem),
  maxKeyLifetime: v.optional(SecondsItem),
  /** Seals the cursors of the admin API. No administrator sees or sets it. */
  cursorKey: v.optional(v.string()),
});
export type Settings = v.InferOutput<typeof SettingsItem>;

type NameOf<T> = {
  [K in keyof Settings]-?: Settings[K] extends T | undefined ? K : never;
}[keyof Settings];
/** The names of settings that are keys, and never shown; that are replaced ones; that are yes or no. */
export type KeySetting = NameOf<string>;
export type FormerSetting = NameOf<SecretHash>;
export type FlagSetting = NameOf<boolean>;

const SETTINGS: Key = { pk: 'settings', sk: 'settings' };
const DEFAULTS: Settings = { version: 0, faveoApiKeyMandatory: false };

export async function readSettings(directory: Table): Promise<Settings> {
  const item = await get(directory, SETTINGS);
  return item ? parseItem(SettingsItem, item) : DEFAULTS;
}

/** @param before - As read. @returns `false` when another change came first. */
export async function saveSettings(
  directory: Table,
  before: Settings,
  after: Settings,
  also: readonly Write[] = [],
): Promise<boolean> {
  const item = { ...SETTINGS, ...after, version: before.version + 1 };
  const when =
    before.version === 0
      ? { expression: 'attribute_not_exists(pk)' }
      : { expression: 'version = :read', values: { ':read': before.version } };
  if (also.length === 0) return put(directory, item, when);
  const failed = await transact([{ table: directory, put: item, when }, ...also]);
  return !failed.includes(true);
}
