/**
 * Where the service is: `--url`, or `--local` for the stack of `npm start` (PORT, 3000; HTTPS=1 for
 * https, whose certificate NODE_EXTRA_CA_CERTS names).
 *
 * @module
 */
import { Misuse } from '../commands/failure.ts';

export const WHERE = {
  url: { type: 'string' },
  local: { type: 'boolean', default: false },
} as const;
export type Where = { url?: string | undefined; local: boolean };

const DEFAULT_PORT = '3000';

/** @returns `undefined` when neither is given. */
export function serviceUrl({ url, local }: Where): string | undefined {
  if (url !== undefined && local) throw new Misuse('--url and --local exclude each other');
  if (local) return `${scheme()}://127.0.0.1:${process.env['PORT'] || DEFAULT_PORT}`;
  return url === undefined ? undefined : checked(url);
}

const scheme = (): string => (process.env['HTTPS'] === '1' ? 'https' : 'http');

/** A password goes there, so nobody may listen on the way; only this machine is spared TLS. */
function checked(text: string): string {
  if (!URL.canParse(text)) throw new Misuse('--url must be a URL');
  const { protocol, hostname, origin, pathname, username, search } = new URL(text);
  const loopback = /^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback))
    throw new Misuse('--url must begin with https://, unless it is on this machine');
  if (username || search) throw new Misuse('--url must hold nothing but the address');
  return `${origin}${pathname}`.replace(/\/+$/, '');
}
