/**
 * What every product's door refuses alike, in its own shape.
 *
 * @module
 */
import { type AuthError, refuse } from '../errors.ts';

/** Its holder has proven who they are, so it tells nobody else anything. */
export const passwordToBeChanged = (): AuthError =>
  refuse(
    'invalid_credentials',
    'password-to-be-changed',
    'The password has to be changed before it is used: sign in on the web page first.',
  );
