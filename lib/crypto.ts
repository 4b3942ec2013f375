/**
 * The only module that knows `node:crypto`.
 *
 * @module
 * @see RFC 9106 (Argon2), RFC 9562 §5.4 (UUID version 4)
 */
import {
  argon2,
  createHash,
  createHmac,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import { crc32 } from 'node:zlib';

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

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
export const hmacSha256 = (key: string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** 256 random bits in letters and digits only, so that a secret survives copy and paste. */
export function randomSecret(): string {
  const value = BigInt(`0x${randomBytes(32).toString('hex')}`);
  return base62(value).padStart(SECRET_LENGTH, '0');
}

/** A check that a typing error or a scanner can be told by; no protection against anybody. */
export const checksum = (text: string): string => base62(BigInt(crc32(text))).padStart(6, '0');

const SECRET_LENGTH = 43;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: bigint): string {
  let digits = '';
  for (let rest = value; rest > 0n; rest /= 62n) digits = DIGITS[Number(rest % 62n)] + digits;
  return digits;
}
