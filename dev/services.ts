/**
 * What the local stack consists of: the service itself, and the example APIs that it protects, one
 * of each kind. Each is served on the next port, in this order, and after them the console and the mailbox.
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
/** A port that nothing else in the template says. */
const SMTP_PORT = '61025';

export const services = (issuer: string): [Service, ...Service[]] => [
  {
    name: 'latchkey-dev',
    dir: ROOT,
    params: {
      issuer: ISSUER,
      consoleUrl: CONSOLE,
      defaultDomain: DOMAIN,
      brandDomain: DOMAIN,
      allowRequestsToLoopback: 'true',
      exportBucket: EXPORT_BUCKET,
      mailTransport: 'smtp',
      mailFrom: 'no-reply@latchkey.example',
      smtpHost: '127.0.0.1',
      smtpPort: SMTP_PORT,
      smtpTls: 'none',
    },
    places: {
      [ISSUER]: issuer,
      [CONSOLE]: consoleAt(issuer),
      [`"${SMTP_PORT}`]: `"${portOf(Number(new URL(issuer).port), 'smtp')}`,
    },
  },
  { name: 'latchkey-example-http-dev', dir: join(EXAMPLE_CODE, 'http') },
  { name: 'latchkey-example-rest-dev', dir: join(EXAMPLE_CODE, 'rest') },
  { name: 'latchkey-example-websocket-dev', dir: join(EXAMPLE_CODE, 'websocket') },
  { name: 'latchkey-example-appsync-dev', dir: join(EXAMPLE_CODE, 'appsync') },
];
/** After those of the services, one for each of these, in this order. */
const MORE = ['console', 'mailbox', 'smtp'] as const;
const SERVICES = 5;
export const PORTS = SERVICES + MORE.length;

/** @param first - The port of the service itself. */
export const portOf = (first: number, what: (typeof MORE)[number]): number =>
  first + SERVICES + MORE.indexOf(what);

/** The console's origin. */
export function consoleAt(issuer: string): string {
  const url = new URL(issuer);
  url.port = String(portOf(Number(url.port), 'console'));
  return url.origin;
}
