/**
 * The only module that knows `node:crypto`.
 *
 * @module
 * @see RFC 9106 (Argon2), RFC 9562 §5.4 (UUID version 4), RFC 7518 §3.3 and §3.4 (RS256, ES256)
 */
import {
  argon2,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  randomUUID,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/** Argon2 costs: memory in KiB, passes, lanes. */
export type Argon2Cost = { memory: number; passes: number; parallelism: number };

/** Runs on the thread pool, so other requests go on meanwhile. */
export function argon2id(
  message: string,
  salt: Buffer,
  { memory, passes, parallelism }: Argon2Cost,
  tagLength: number,
): Promise<Buffer> {
  const parameters = { message, nonce: salt, memory, passes, parallelism, tagLength };
  return new Promise((resolve, reject) =>
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag))),
  );
}

/** Constant time for equal lengths; a length is not a secret here. */
export const equalInConstantTime = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);

export const randomSalt = (): Buffer => randomBytes(16);
export const randomKey = (): string => randomUUID();
/** 24 hexadecimal digits: the form of a user id in the Appmixer dialect. */
export const randomUserId = (): string => randomBytes(12).toString('hex');

/** A public key of ours, made once: making it costs as much as using it. */
export type VerifyingKey = KeyObject;
export const verifyingKey = (jwk: JsonWebKey): VerifyingKey =>
  createPublicKey({ key: jwk, format: 'jwk' });

/** RS256 or ES256, as the key is of one kind or the other. */
export function isSigned(text: string, signature: Buffer, key: VerifyingKey): boolean {
  const signed = Buffer.from(text);
  if (key.asymmetricKeyType === 'rsa') return verify('sha256', signed, key, signature);
  return signature.length === 64 && verify('sha256', signed, key, toDer(signature));
}

/** Two numbers of 32 bytes as ASN.1; Node takes half as long again for the form that JWTs have. */
function toDer(signature: Buffer): Buffer {
  const numbers = [signature.subarray(0, 32), signature.subarray(32)].flatMap(derInteger);
  return Buffer.from([0x30, numbers.length, ...numbers]);
}

/** As short as can be, but with a zero in front of what would read as negative. */
function derInteger(bytes: Buffer): number[] {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first === -1 ? bytes.length - 1 : first);
  const sign = (digits[0] ?? 0) > 0x7f ? [0] : [];
  return [0x02, sign.length + digits.length, ...sign, ...digits];
}
