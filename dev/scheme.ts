/**
 * Whether the local stack is served by https: the setting HTTPS, 1 or 0.
 *
 * @module
 */
export function readHttps(given = process.env['HTTPS']): boolean {
  if (given === '1' || given === 'true') return true;
  if (!given || given === '0' || given === 'false') return false;
  throw new Error(`HTTPS has to be 1 or 0, not ${given}`);
}
