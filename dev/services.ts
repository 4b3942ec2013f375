/**
 * What the local stack consists of: the service itself, and the example APIs that it protects, one
 * of each kind. Each is served on the next port, in this order, and after them the console.
 *
 * @module
 */
import { join, resolve } from 'node:path';
import { DOMAIN } from './demo-directory.ts';
import type { Service } from './package.ts';

export const ROOT = resolve(import.meta.dirname, '..');

export const BUILD_DIR = join(ROOT, '.build');
/** The handlers of the example APIs. */
export const EXAMPLE_CODE = join(ROOT, 'examples/protected-api');

/** A folder in the data folder's `buckets`. */
const EXPORT_BUCKET = 'audit';

/** What stands in the template for where a stack is, so that one is compiled for all of them. */
const [ISSUER, CONSOLE] = ['https://issuer.latchkey.invalid', 'https://console.latchkey.invalid'];

export const services = (issuer: string): [Service, ...Service[]] => [
  {
    name: 'latchkey-dev',
    dir: ROOT,
    params: {
      issuer: ISSUER,
      consoleUrl: CONSOLE,
      defaultDomain: DOMAIN,
      allowRequestsToLoopback: 'true',
      exportBucket: EXPORT_BUCKET,
    },
    places: { [ISSUER]: issuer, [CONSOLE]: consoleAt(issuer) },
  },
  { name: 'latchkey-example-http-dev', dir: join(EXAMPLE_CODE, 'http') },
  { name: 'latchkey-example-rest-dev', dir: join(EXAMPLE_CODE, 'rest') },
  { name: 'latchkey-example-websocket-dev', dir: join(EXAMPLE_CODE, 'websocket') },
  { name: 'latchkey-example-appsync-dev', dir: join(EXAMPLE_CODE, 'appsync') },
];
/** One port for each, and one for the console. */
export const PORTS = 6;

/** The console's origin: the last of the ports. */
export function consoleAt(issuer: string): string {
  const url = new URL(issuer);
  url.port = String(Number(url.port) + PORTS - 1);
  return url.origin;
}
