/**
 * What settings hold of the application that signs users in at this face.
 *
 * @module
 */
import type { ApplicationSettings } from '../../sign-in/from-application.ts';

export const APPLICATION = {
  key: 'faveoApiKey',
  mandatory: 'faveoApiKeyMandatory',
} as const satisfies ApplicationSettings;
