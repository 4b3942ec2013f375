/**
 * What can have happened, by the names of the admin API: all of them, which the compiler sees to.
 *
 * @module
 */
import type { components } from '../app/openapi.d.ts';

export type Event = components['schemas']['AdminEvent'];

const TYPE_NAMES: Readonly<Record<Event['type'], true>> = {
  'session.opened': true,
  'session.refused': true,
  'session.signed-out': true,
  'session.ended': true,
  'session.reused': true,
  'consent.given': true,
  'consent.withdrawn': true,
  'user.created': true,
  'user.invited': true,
  'user.changed': true,
  'user.disabled': true,
  'user.enabled': true,
  'user.deleted': true,
  'user.password-changed': true,
  'user.signed-out': true,
  'user.made-administrator': true,
  'client.created': true,
  'client.changed': true,
  'client.disabled': true,
  'client.enabled': true,
  'client.deleted': true,
  'client.secret-changed': true,
  'client.signed-out': true,
  'key.created': true,
  'key.changed': true,
  'key.disabled': true,
  'key.enabled': true,
  'key.deleted': true,
  'key.secret-changed': true,
  'domain-token.created': true,
  'domain-token.changed': true,
  'domain-token.disabled': true,
  'domain-token.enabled': true,
  'domain-token.deleted': true,
  'role.created': true,
  'role.changed': true,
  'role.deleted': true,
  'resource.created': true,
  'resource.changed': true,
  'resource.deleted': true,
  'resources.imported': true,
  'domain.created': true,
  'domain.changed': true,
  'domain.disabled': true,
  'domain.enabled': true,
  'domain.deleted': true,
  'domain.signed-out': true,
  'mail.resumed': true,
  'settings.changed': true,
  'signing-keys.rotation-requested': true,
  'signing-keys.rotated': true,
  'signing-keys.withdrawn': true,
};
export const TYPES = Object.keys(TYPE_NAMES);

const COLLECTION_NAMES: Readonly<Record<Event['collection'], true>> = {
  sessions: true,
  consents: true,
  users: true,
  clients: true,
  keys: true,
  'domain-tokens': true,
  roles: true,
  resources: true,
  domains: true,
  mail: true,
  settings: true,
  'signing-keys': true,
};
export const COLLECTIONS = Object.keys(COLLECTION_NAMES);
