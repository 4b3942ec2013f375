/** From which address a request comes, and who may say so. */
import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkOf, sourceAddress, spelled } from '../../lib/http/source-address.ts';

const secret = 'x'.repeat(32);
const PROOF = { 'x-latchkey-proxy': secret };
const SEEN = '198.51.100.1';
const hops = (count: number) => ({ secret, source: { hops: count } });
const named = (header: string) => ({ secret, source: { header } });

describe('X-Forwarded-For, from behind', () => {
  test.each<[string, number, string]>([
    [`192.0.2.1, ${SEEN}`, 1, '192.0.2.1'],
    ['192.0.2.1', 1, '192.0.2.1'],
    [`203.0.113.66, 192.0.2.1, ${SEEN}`, 1, '192.0.2.1'],
    [`203.0.113.66, 192.0.2.1, 192.0.2.2, ${SEEN}`, 2, '192.0.2.1'],
    [`[2001:db8::1]:443,${SEEN}`, 1, '2001:0db8:0000:0000:0000:0000:0000:0001'],
    [`192.0.2.1:8080,${SEEN}`, 1, '192.0.2.1'],
    // Too few, or no address: whom API Gateway saw.
    [SEEN, 1, SEEN],
    ['', 1, SEEN],
    [`unknown, ${SEEN}`, 1, SEEN],
    [`192.0.2.1, ${SEEN}`, 3, SEEN],
  ])('%j with %i hops is %s', (forwarded, count, address) => {
    const headers = { ...PROOF, 'x-forwarded-for': forwarded };
    expect(sourceAddress(headers, SEEN, hops(count))).toBe(address);
    expect(sourceAddress({ 'x-forwarded-for': forwarded }, SEEN, hops(count))).toBe(SEEN);
    expect(sourceAddress(headers, SEEN, undefined)).toBe(SEEN);
  });
});

describe('a header alone', () => {
  test.each([
    ['cloudfront-viewer-address', '192.0.2.1:46532', '192.0.2.1'],
    ['cloudfront-viewer-address', '2001:db8:1:2:3:4:5:6:46532', '2001:db8:1:2:3:4:5:6'],
    ['cloudfront-viewer-address', '2001:db8::1:4653', '2001:db8::1'],
    ['cloudfront-viewer-address', '[2001:db8::1]:443', '2001:db8::1'],
    ['x-real-ip', '2001:db8::1', '2001:db8::1'],
    ['x-real-ip', '192.0.2.1, 192.0.2.2', SEEN],
    ['x-real-ip', 'localhost', SEEN],
    ['x-real-ip', '', SEEN],
  ])('%s: %s is %s', (header, value, address) => {
    expect(sourceAddress({ ...PROOF, [header]: value }, SEEN, named(header))).toBe(
      spelled(address),
    );
    expect(sourceAddress({ [header]: value }, SEEN, named(header))).toBe(SEEN);
  });
});

test('an address has one spelling (RFC 4291 §2.2)', () => {
  for (const [given, full] of [
    ['::1', '0000:0000:0000:0000:0000:0000:0000:0001'],
    ['2001:DB8::A', '2001:0db8:0000:0000:0000:0000:0000:000a'],
    ['1:2:3:4:5:6:7::', '0001:0002:0003:0004:0005:0006:0007:0000'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:0201', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80:0000:0000:0000:0000:0000:0000:0001'],
    ['192.0.2.1', '192.0.2.1'],
    ['no address', 'no address'],
  ] as const)
    expect(spelled(given)).toBe(full);
});

test('of any address: the spelling is one of it, stays as it is, and begins with its network', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), fc.ipV4()), (address) => {
      const full = spelled(address);
      expect(isIP(full)).toBeGreaterThan(0);
      expect(spelled(full)).toBe(full);
      expect(full.startsWith(networkOf(address))).toBe(true);
      expect(networkOf(full)).toBe(networkOf(address));
    }),
  );
});

test('whatever a header holds, the address is one', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const address = sourceAddress({ ...PROOF, 'x-forwarded-for': text }, SEEN, hops(1));
      expect(isIP(address)).toBeGreaterThan(0);
    }),
  );
});
