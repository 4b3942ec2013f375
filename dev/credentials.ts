/**
 * For SDK clients of the local endpoints: made anew at each start, so that another program of this
 * machine, or a page in a browser, cannot read the local secrets. No signature is checked; who has the id has
 * been told it, by an environment or by the file that local-env.ts writes for its owner alone.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';

export const LOCAL_CREDENTIALS = {
  accessKeyId: `LOCAL${randomBytes(16).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(20).toString('hex'),
};
