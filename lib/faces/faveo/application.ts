/**
 * What settings hold of the application that signs users in at this face.
 *
 * @module
 */
import type { ApplicationSettings } from '../../sign-in/from-application.ts';

export const APPLICATION = {
  key: 'faveoApiKey',
  former: 'formerApplicationKey',
  mandatory: 'faveoApiKeyMandatory',
} as const satisfies ApplicationSettings;
