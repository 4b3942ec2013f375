/**
 * What the local stack consists of: the service itself, and the two example APIs that it protects.
 * Each is served on the next port, in this order.
 *
 * @module
 */
import { join, resolve } from 'node:path';
import type { Service } from './package.ts';
import { DOMAIN } from './seed.ts';

const ROOT = resolve(import.meta.dirname, '..');

export const BUILD_DIR = join(ROOT, '.build');
/** The handler that both example APIs share. */
export const EXAMPLE_CODE = join(ROOT, 'examples/protected-api');

export const services = (issuer: string): [Service, ...Service[]] => [
  {
    name: 'latchkey-dev',
    dir: ROOT,
    params: { issuer, defaultDomain: DOMAIN, allowRequestsToLoopback: 'true' },
  },
  { name: 'latchkey-example-http-dev', dir: join(EXAMPLE_CODE, 'http') },
  { name: 'latchkey-example-rest-dev', dir: join(EXAMPLE_CODE, 'rest') },
];
