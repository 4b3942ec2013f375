/**
 * What the service shows of a setting of which nothing is said: its default. Whoever declares `null` there has
 * it already, else applying it would never come to an end.
 *
 * @module
 */
import { KEY_LIFETIME } from '../../../lib/manage/keys/lifetime.ts';
import { policyOf } from '../../../lib/store/directory/domain-policy.ts';
import type { Kind, Members } from './kinds.ts';

const DEFAULTS: Readonly<Partial<Record<Kind, Members>>> = {
  domains: policyOf({}),
  settings: { keyLifetime: KEY_LIFETIME },
};

export const isUnsaid = (kind: Kind, member: string, shown: unknown): boolean =>
  shown !== undefined && DEFAULTS[kind]?.[member] === shown;
