/**
 * Rotates the signing keys when Secrets Manager asks for it.
 *
 * In:     { Step, SecretId, ClientRequestToken }; the secret is the one of our own configuration
 * Errors: any, so that Secrets Manager reports a failed rotation and keeps AWSCURRENT
 *
 * @module
 * @see AWS Secrets Manager User Guide, "Lambda rotation functions"
 */
import { composeRotation } from '../lib/compose/rotation.ts';
import { Fault, toAuthError } from '../lib/errors.ts';
import { logFault } from '../lib/log.ts';
import { type RotationStep, rotate, STEPS } from '../lib/tokens/rotation.ts';

const rotationTo = composeRotation();

export const handler = async (
  event: RotationEvent | null,
  { invokedFunctionArn = 'rotate' }: { invokedFunctionArn?: string } = {},
): Promise<void> => {
  const step = STEPS.find((known) => known === event?.Step);
  if (!event || !step) throw new Fault('an unknown rotation step');
  try {
    await rotate(step, rotationTo(event.ClientRequestToken, invokedFunctionArn));
  } catch (error) {
    logFault(toAuthError(error), { function: 'rotate', step });
    throw error;
  }
};

type RotationEvent = { Step: RotationStep | string; SecretId: string; ClientRequestToken: string };
