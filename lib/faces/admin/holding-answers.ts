/**
 * What the admin API answers of who holds what: roles, and what users have agreed to. As in answers.ts.
 *
 * @module
 */
import * as v from 'valibot';
import { AclItem as Acl } from '../../manage/roles/check-acl.ts';
import { Role } from './answers.ts';

const Time = v.pipe(v.number(), v.integer());

/** Of a key or token of a domain `name` says what it is called, of a token the role. */
export const RoleHolder = v.strictObject({
  kind: v.picklist(['user', 'client', 'api-key', 'domain-token']),
  id: v.string(),
  name: v.string(),
  domain: v.string(),
  disabled: v.boolean(),
});
/** What a change would do: to the role itself, and to each that inherits from it. */
export const RolePreview = v.strictObject({
  before: Role,
  after: Role,
  effects: v.array(
    v.strictObject({
      role: v.string(),
      gains: Acl,
      loses: Acl,
      /** Of those within reach; `more`: more than these. */
      holders: v.strictObject({ count: v.pipe(v.number(), v.integer()), more: v.boolean() }),
    }),
  ),
});

/** Of a user to a client: what it may do in their name, until then. No name of a client that is gone. */
export const Consent = v.strictObject({
  client: v.string(),
  name: v.optional(v.string()),
  scopes: v.array(v.string()),
  grantedAt: Time,
  expiresAt: Time,
});
