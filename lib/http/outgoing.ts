/**
 * Calls that we make to addresses which somebody else has registered: a client's keys, its logout URI.
 * Whoever registers one must not be able to make us knock at doors that only we can reach.
 *
 *   https only, and no redirect is followed: where a call goes was decided at the registration
 *   a name is resolved by us, every address of it must be public, and the one connected to is one of
 *     those: nothing is resolved a second time
 *   time and size are limited, both over all; nothing is sent twice
 *
 * Plain http, and a loopback address, only where the deployment says so in so many words
 * (ALLOW_REQUESTS_TO_LOOPBACK), which is for a developer's machine.
 *
 * Errors: an Error whose text says why, for our log; it holds no address and nothing that was sent.
 *
 * @module
 * @see RFC 6890 (special-purpose addresses), OWASP SSRF Prevention Cheat Sheet
 */

import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { type IncomingMessage, request as sendHttp } from 'node:http';
import { request as sendHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { Fault } from '../errors.ts';

export type OutgoingLimits = {
  /** Of the whole exchange. */
  milliseconds: number;
  /** Of the answer's body; a longer one is an error. */
  bytes: number;
  allowLoopback: boolean;
};
export type OutgoingCall = {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
};
export type OutgoingAnswer = { status: number; body: string };

const LOCAL = /^(127\.0\.0\.1|\[::1\]|localhost)$/;

export async function call(
  url: string,
  { method, headers = {}, body = '' }: OutgoingCall,
  { milliseconds, bytes, allowLoopback }: OutgoingLimits,
): Promise<OutgoingAnswer> {
  const target = new URL(url);
  const { protocol, hostname } = target;
  if (protocol !== 'https:' && !(protocol === 'http:' && allowLoopback && LOCAL.test(hostname)))
    throw new Fault('an address that is not https');
  // For an address in place of a name, nothing is looked up.
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && !isAllowed(literal, allowLoopback)) throw new Fault(NOT_PUBLIC);

  const signal = AbortSignal.timeout(milliseconds);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = protocol === 'https:' ? sendHttps : sendHttp;
  const outgoing = send(target, {
    method,
    headers: { ...headers, ...(body && { 'content-length': Buffer.byteLength(body) }) },
    // A connection of its own, so that none is reused that was checked for somebody else.
    agent: false,
    lookup: lookupFor(allowLoopback),
    signal,
  });
  outgoing.once('response', resolve);
  outgoing.once('error', reject);
  outgoing.end(body);
  try {
    const answer = await promise;
    return { status: answer.statusCode ?? 0, body: await readUpTo(bytes, answer) };
  } catch (error) {
    throw signal.aborted ? new Fault('no answer in time', { cause: error }) : error;
  } finally {
    outgoing.destroy();
  }
}

async function readUpTo(bytes: number, answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytes) throw new Fault('an answer that is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Of a name with several addresses all must be allowed: a mixed answer is a trick. */
const lookupFor =
  (allowLoopback: boolean) =>
  (hostname: string, options: LookupOptions, found: Found): void =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return found(error ?? new Fault('a name without an address'), []);
      if (!addresses.every(({ address }) => isAllowed(address, allowLoopback)))
        return found(new Fault(NOT_PUBLIC), []);
      if (options.all) found(null, addresses);
      else found(null, first.address, first.family);
    });

const NOT_PUBLIC = 'an address that is not public';

const ranges = (family: 'ipv4' | 'ipv6', ...nets: string[]): BlockList => {
  const list = new BlockList();
  for (const net of nets) {
    const [address = '', prefix] = net.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
};

const LOOPBACK_4 = ranges('ipv4', '127.0.0.0/8');
const LOOPBACK_6 = ranges('ipv6', '::1/128');
const SPECIAL_4 = ranges(
  'ipv4',
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
);
/** The one range of which addresses are given out, and what in it is not for hosts or hides an IPv4. */
const GLOBAL_6 = ranges('ipv6', '2000::/3');
const SPECIAL_6 = ranges('ipv6', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20');

/** @param address - IPv4 or IPv6, as the resolver or a URL has it. */
function isAllowed(address: string, allowLoopback: boolean): boolean {
  if (isIP(address) === 4)
    return !SPECIAL_4.check(address) || (allowLoopback && LOOPBACK_4.check(address));
  const isPublic = GLOBAL_6.check(address, 'ipv6') && !SPECIAL_6.check(address, 'ipv6');
  return isPublic || (allowLoopback && LOOPBACK_6.check(address, 'ipv6'));
}
