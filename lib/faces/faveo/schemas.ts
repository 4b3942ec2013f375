/**
 * What the Faveo dialect takes, wherever in the request it stands.
 *
 * @module
 */
import * as v from 'valibot';
import { NAME_LENGTH, text } from '../../http/input.ts';
import { MAX_OVERLAP } from '../../manage/settings/application-key.ts';
import type { Seconds } from '../../time.ts';

/** POST /api/v1/authenticate. A password is only compared, so it may be anything. */
export const SignIn = v.object({
  /** Or the e-mail address. */
  username: text(NAME_LENGTH),
  password: v.string(),
  api_key: v.optional(v.string()),
});

const inRange = `must be 0 to ${MAX_OVERLAP} seconds`;
const Overlap = v.pipe(
  v.number(),
  v.integer(inRange),
  v.minValue(0, inRange),
  v.maxValue(MAX_OVERLAP, inRange),
);
/** POST /api/v1/helpdesk/api_key: for so long the key before it works too, in seconds. */
export const Renewal = v.strictObject({
  overlap: v.optional(Overlap, 0) as unknown as v.GenericSchema<number | undefined, Seconds>,
});
