/**
 * What is shown of each thing and told of each type: the list that the schemas in docs/events are made of.
 *
 * @module
 */
import * as v from 'valibot';
import type { Collection, EventType } from '../../store/events/types.ts';
import type { Shown } from './change.ts';
import { ShownClient } from './client.ts';
import { ShownDomain, ShownResource, ShownRole, ShownSettings } from './deployment.ts';
import { Resumed } from './mail.ts';
import { Consented, Ended, Opened, Refused, Reused, SignedOut } from './session.ts';
import { ShownSigningKeys } from './signing-keys.ts';
import { ShownStanding } from './standing.ts';
import { Made, ShownUser } from './user.ts';

/** In `before` and `after`. Sessions and consents have neither. */
export const SHOWN: Readonly<Partial<Record<Collection, Shown>>> = {
  users: ShownUser,
  clients: ShownClient,
  keys: ShownStanding,
  'domain-tokens': ShownStanding,
  roles: ShownRole,
  resources: ShownResource,
  domains: ShownDomain,
  settings: ShownSettings,
  'signing-keys': ShownSigningKeys,
};

/** In `detail`. Other types have none. */
export const DETAIL: Readonly<Partial<Record<EventType, v.GenericSchema>>> = {
  'session.opened': Opened,
  'session.refused': Refused,
  'session.signed-out': SignedOut,
  'session.ended': Ended,
  'session.reused': Reused,
  'consent.given': Consented,
  'consent.withdrawn': Consented,
  'user.created': v.optional(Made),
  'mail.resumed': Resumed,
};
