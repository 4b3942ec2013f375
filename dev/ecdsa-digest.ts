/**
 * ECDSA over a digest that was made elsewhere, which KMS does and `node:crypto` does not: it always hashes
 * first. The curve's arithmetic is Node's; only the last line of the signature is worked out here, and not in
 * constant time. For the local stack alone.
 *
 * @see FIPS 186-5 §6.4.1 (signature generation), RFC 3279 §2.2.3 (as DER)
 *
 * @module
 */
import { createECDH, type KeyObject } from 'node:crypto';

/** The order of P-256. @see SP 800-186 §3.2.1.3 */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** @param key - On P-256. @param digest - SHA-256. @returns DER */
export function signDigest(digest: Buffer, key: KeyObject): Buffer {
  const d = numberOf(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const once = createECDH('prime256v1');
  const point = once.generateKeys();
  const k = numberOf(once.getPrivateKey());
  const r = numberOf(point.subarray(1, 33)) % N;
  const s = (inverse(k) * (numberOf(digest) + r * d)) % N;
  if (r === 0n || s === 0n) return signDigest(digest, key);
  const numbers = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from([0x30, numbers.length]), numbers]);
}

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** Modulo N, by Euclid. */
function inverse(value: bigint): bigint {
  let [a, b, x, y] = [value % N, N, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % N) + N) % N;
}

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const digits = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  // What begins with a set bit would read as negative.
  const bytes = (digits[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  return Buffer.concat([Buffer.from([2, bytes.length]), bytes]);
}
