/**
 * The only module that knows `node:crypto`.
 *
 * @module
 * @see RFC 9106 (Argon2), RFC 9562 §5.4 (UUID version 4)
 */
import { argon2, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

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
