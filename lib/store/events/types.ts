/**
 * Every type of event there is, with the version of its shape and the collection of what it happened to.
 *
 * A type is `<what>.<what happened to it>`. Its schema is docs/events/<type>.v<version>.json; a change that
 * takes away a member, or gives one another meaning, raises the version.
 *
 * @module
 */
type TypeOf = { v: number; collection: string };

export const EVENT_TYPES = {
  /** Somebody signed in, or a client was let in by its user. */
  'session.opened': { v: 1, collection: 'sessions' },
  /** Sampled: `count` says of how many it is one. */
  'session.refused': { v: 1, collection: 'sessions' },
  /** By who had it. */
  'session.signed-out': { v: 1, collection: 'sessions' },
  /** By somebody or something else; `why` says what. */
  'session.ended': { v: 1, collection: 'sessions' },
  /** A refresh token or a code was used again: all that came of its grant has ended. */
  'session.reused': { v: 1, collection: 'sessions' },
  'consent.given': { v: 1, collection: 'consents' },
  'consent.withdrawn': { v: 1, collection: 'consents' },

  'user.created': { v: 1, collection: 'users' },
  /** By mail, to choose a password. */
  'user.invited': { v: 1, collection: 'users' },
  'user.changed': { v: 1, collection: 'users' },
  'user.disabled': { v: 1, collection: 'users' },
  'user.enabled': { v: 1, collection: 'users' },
  'user.deleted': { v: 1, collection: 'users' },
  'user.password-changed': { v: 1, collection: 'users' },
  'user.signed-out': { v: 1, collection: 'users' },
  /** Holds `root` from now on: made with it, given it, or enabled again with it. */
  'user.made-administrator': { v: 1, collection: 'users' },

  'client.created': { v: 1, collection: 'clients' },
  'client.changed': { v: 1, collection: 'clients' },
  'client.disabled': { v: 1, collection: 'clients' },
  'client.enabled': { v: 1, collection: 'clients' },
  'client.deleted': { v: 1, collection: 'clients' },
  'client.secret-changed': { v: 1, collection: 'clients' },
  'client.signed-out': { v: 1, collection: 'clients' },

  'key.created': { v: 1, collection: 'keys' },
  'key.changed': { v: 1, collection: 'keys' },
  'key.disabled': { v: 1, collection: 'keys' },
  'key.enabled': { v: 1, collection: 'keys' },
  'key.deleted': { v: 1, collection: 'keys' },
  'key.secret-changed': { v: 1, collection: 'keys' },

  'domain-token.created': { v: 1, collection: 'domain-tokens' },
  'domain-token.changed': { v: 1, collection: 'domain-tokens' },
  'domain-token.disabled': { v: 1, collection: 'domain-tokens' },
  'domain-token.enabled': { v: 1, collection: 'domain-tokens' },
  'domain-token.deleted': { v: 1, collection: 'domain-tokens' },

  'role.created': { v: 1, collection: 'roles' },
  'role.changed': { v: 1, collection: 'roles' },
  'role.deleted': { v: 1, collection: 'roles' },

  'resource.created': { v: 1, collection: 'resources' },
  'resource.changed': { v: 1, collection: 'resources' },
  'resource.deleted': { v: 1, collection: 'resources' },
  /** Several at once. */
  'resources.imported': { v: 1, collection: 'resources' },

  'domain.created': { v: 1, collection: 'domains' },
  'domain.changed': { v: 1, collection: 'domains' },
  'domain.disabled': { v: 1, collection: 'domains' },
  'domain.enabled': { v: 1, collection: 'domains' },
  'domain.deleted': { v: 1, collection: 'domains' },
  'domain.signed-out': { v: 1, collection: 'domains' },

  /** An address gets mails again that came back from it, or that were called spam. */
  'mail.resumed': { v: 1, collection: 'mail' },

  'settings.changed': { v: 1, collection: 'settings' },

  /** By hand; what comes of it is `rotated`. */
  'signing-keys.rotation-requested': { v: 1, collection: 'signing-keys' },
  'signing-keys.rotated': { v: 1, collection: 'signing-keys' },
  /** By hand: from now on none of the keys before is good. */
  'signing-keys.withdrawn': { v: 1, collection: 'signing-keys' },
} as const satisfies Record<string, TypeOf>;

export type EventType = keyof typeof EVENT_TYPES;
export type Collection = (typeof EVENT_TYPES)[EventType]['collection'];

export const EVENT_TYPE_NAMES = Object.keys(EVENT_TYPES) as [EventType, ...EventType[]];
export const COLLECTIONS = [
  ...new Set(Object.values(EVENT_TYPES).map(({ collection }) => collection)),
] as [Collection, ...Collection[]];

export const typesOf = (collection: Collection): EventType[] =>
  EVENT_TYPE_NAMES.filter((type) => EVENT_TYPES[type].collection === collection);
