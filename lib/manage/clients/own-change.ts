/**
 * What a client may change of itself by letters for own objects: nothing that anybody trusts it for.
 *
 * Errors: `insufficient_scope`, naming the field.
 *
 * @module
 */
import { requireOthersTrust } from '../../authority/own-trust.ts';
import type { Administrator } from '../../authority/reach.ts';

const OF_ITS_OWN: readonly string[] = [
  'name',
  'postLogoutRedirectUris',
  'backchannelLogoutUri',
  'idTokenAlgorithm',
  'defaultMaxAge',
  'requireAuthTime',
];

export function requireOwnChange(administrator: Administrator, change: object): void {
  for (const [name, value] of Object.entries(change))
    if (value !== undefined && !OF_ITS_OWN.includes(name)) requireOthersTrust(administrator, name);
}
