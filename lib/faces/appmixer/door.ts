/**
 * What the sessions of this face are like.
 *
 * @module
 */

import type { Door } from '../../sign-in/by-password.ts';
import type { User } from '../../store/directory/users.ts';
import type { Seconds } from '../../time.ts';
import { claims } from './show.ts';

export type DoorServices = { config: { appmixerTokenLifetime: Seconds } };

export const doorOf = ({ config }: DoorServices): Door<{ subject: User }> => ({
  client: 'appmixer',
  lifetime: config.appmixerTokenLifetime,
  claims: ({ subject }) => claims(subject),
});
