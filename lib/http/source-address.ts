/**
 * From which address a request comes: the one that API Gateway saw, or the one that a proxy of ours names,
 * where the request proves that it came through it.
 *
 * Without that proof no header counts: whoever reaches the API itself can write any of them.
 *
 * In:  `x-latchkey-proxy`: the shared secret, which the proxy sets and lets nobody else set
 * Out: IPv4 dotted, IPv6 in full and in lower case, IPv4-mapped as IPv4, so that one address has one
 *      spelling and a network is the beginning of a text
 *
 * @module
 * @see RFC 4291 §2.2, §2.5.5.2; RFC 7239 §5.2 and §8.1 (who may be believed)
 */
import { isIP, isIPv6 } from 'node:net';
import { equalInConstantTime, sha256 } from '../crypto.ts';

/** Where the address is: so many hops before API Gateway in X-Forwarded-For, or in a header alone. */
type AddressSource = { hops: number } | { header: string };
export type TrustedProxy = { secret: string; source: AddressSource };

type Headers = Readonly<Record<string, string>>;

const PROOF = 'x-latchkey-proxy';

/**
 * @param headers - Names in lower case.
 * @param seen - By API Gateway: the caller, or the last proxy.
 */
export function sourceAddress(
  headers: Headers,
  seen: string,
  proxy: TrustedProxy | undefined,
): string {
  const named =
    proxy && isProven(headers, proxy) ? namedBy(proxy.source, headers, seen) : undefined;
  return spelled(named ?? seen);
}

/** Digests, so that the time tells neither the secret nor its length. */
const isProven = (headers: Headers, { secret }: TrustedProxy): boolean =>
  equalInConstantTime(sha256(headers[PROOF] ?? ''), sha256(secret));

function namedBy(source: AddressSource, headers: Headers, seen: string): string | undefined {
  if ('header' in source)
    return addressIn(headers[source.header] ?? '', source.header === 'cloudfront-viewer-address');
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  // API Gateway adds whom it saw.
  if (hops.at(-1) !== seen) hops.push(seen);
  return addressIn(hops.at(-1 - source.hops) ?? '');
}

/**
 * With a port behind it or without; `undefined` for what is none.
 *
 * @param hasPort - As always in CloudFront-Viewer-Address, behind an IPv6 address without brackets too.
 */
function addressIn(text: string, hasPort = false): string | undefined {
  const [, bracketed] = /^\[(.+)\](?::\d+)?$/.exec(text) ?? [];
  const bare = text.replace(/:\d+$/, '');
  const candidates = hasPort ? [bracketed, bare] : [bracketed, text, bare];
  return candidates.find((candidate = '') => isIP(candidate) !== 0);
}

/** @returns What is no address, as it is. */
export function spelled(address: string): string {
  if (!isIPv6(address)) return address;
  const bare = address.replace(/%.*$/, '');
  const [, mapped] = /^\[::ffff:([0-9a-f]+:[0-9a-f]+)\]$/.exec(compressed(bare)) ?? [];
  return mapped ? dotted(mapped) : groupsOf(compressed(bare)).join(':');
}

/** RFC 5952, in brackets. */
const compressed = (address: string): string => new URL(`http://[${address}]`).hostname;

function groupsOf(bracketed: string): string[] {
  const [head = '', tail] = bracketed.slice(1, -1).split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const zeros = Array(8 - (left?.length ?? 0) - (right?.length ?? 0)).fill('0');
  return [...(left ?? []), ...zeros, ...(right ?? [])].map((group) => group.padStart(4, '0'));
}

const dotted = (groups: string): string =>
  groups
    .split(':')
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');

/** Of the four groups that stand for a network, with their colons. */
const PREFIX = 20;

/**
 * Whom one address stands for: a device has a /64 to itself and another address in it every day, so that
 * is one; an IPv4 address is by itself.
 */
export const networkOf = (address: string): string => {
  const full = spelled(address);
  return isIPv6(full) ? full.slice(0, PREFIX) : full;
};
