/**
 * How long what outlives its maker may live: a setting of the deployment, with a default for who says
 * nothing and a bound for who says too much. It holds for what is made from then on.
 *
 * Units:  seconds; now and expiresAt are epoch seconds.
 * Errors: `invalid_request`, whose text names the bound.
 *
 * @module
 */

import { AuthError, refuseField } from '../../errors.ts';
import type { Settings } from '../../store/directory/settings.ts';
import { after, type Instant, LAST_SECOND, type Seconds, seconds } from '../../time.ts';

/** A year, unless `root` has said otherwise. */
export const KEY_LIFETIME = seconds(31_536_000);

type Bounds = Pick<Settings, 'keyLifetime' | 'maxKeyLifetime'>;

/**
 * @param asked - `null`: never.
 * @returns `undefined`: never.
 */
export function endOfKey(
  bounds: Bounds,
  asked: Instant | null | undefined,
  now: Instant,
): Instant | undefined {
  const { maxKeyLifetime: most } = bounds;
  if (asked === undefined) return after(now, defaultOf(bounds));
  if (most !== undefined && (asked === null || asked > after(now, most)))
    throw new AuthError({
      code: 'invalid_request',
      rule: 'expiry-beyond-bound',
      text: `must be within ${most} seconds from now`,
      field: 'expiresAt',
      reason: 'beyond the bound of the settings',
    });
  if (asked === null) return undefined;
  if (!(Number.isSafeInteger(asked) && asked > now))
    throw refuseField('expiresAt', 'expiry-past', 'must be in the future');
  if (asked > LAST_SECOND)
    throw refuseField('expiresAt', 'expiry-too-far', 'must be seconds, up to the year 9999');
  return asked;
}

/** A bound that is shorter is the default, too. */
function defaultOf({ keyLifetime = KEY_LIFETIME, maxKeyLifetime = keyLifetime }: Bounds): Seconds {
  return seconds(Math.min(keyLifetime, maxKeyLifetime));
}
