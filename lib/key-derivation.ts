/**
 * Keys from passwords, as `node:crypto` makes them: what takes its time on purpose. All of it runs on the
 * thread pool, so that other requests go on meanwhile.
 *
 * Errors: those of `node:crypto`, for costs that it cannot do.
 *
 * @module
 * @see RFC 9106 (Argon2), RFC 8018 §5.2 (PBKDF2), RFC 7914 (scrypt)
 */
import crypto, { createCipheriv, createHash, pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

export const ARGON2_KINDS = ['argon2d', 'argon2i', 'argon2id'] as const;
export type Argon2Kind = (typeof ARGON2_KINDS)[number];
/** Argon2 costs: memory in KiB, passes, lanes. */
export type Argon2Cost = { memory: number; passes: number; parallelism: number };

/** Node has it from 24.7 on. */
export const hasArgon2 = (): boolean => 'argon2' in crypto;

/**
 * Not imported by its name: Node before 24.7 has it not, and there `latchkey/verify`, which hashes no
 * password, is to load all the same.
 */
export function argon2(
  kind: Argon2Kind,
  message: string,
  salt: Buffer,
  { memory, passes, parallelism, tagLength }: Argon2Cost & { tagLength: number },
): Promise<Buffer> {
  const parameters = { message, nonce: salt, memory, passes, parallelism, tagLength };
  return new Promise((resolve, reject) =>
    crypto.argon2(kind, parameters, (error, tag) => (error ? reject(error) : resolve(tag))),
  );
}

/** What PBKDF2 may be made of. */
export type Pbkdf2Digest = 'sha1' | 'sha256' | 'sha512';

/** @param length - Of the key, in bytes. */
export const pbkdf2Key: (
  password: string,
  salt: Buffer,
  iterations: number,
  length: number,
  digest: Pbkdf2Digest,
) => Promise<Buffer> = promisify(pbkdf2);

/** Scrypt costs: N, the block size, lanes. */
export type ScryptCost = { N: number; r: number; p: number };

/** In bytes. */
export const scryptMemory = ({ N, r, p }: ScryptCost): number => 128 * r * (N + p + 2);

/** @param length - Of the key, in bytes. */
export function scryptKey(
  password: string,
  salt: Buffer,
  cost: ScryptCost,
  length: number,
): Promise<Buffer> {
  const options = { ...cost, maxmem: scryptMemory(cost) };
  return new Promise((resolve, reject) =>
    scrypt(password, salt, length, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
}

/** With a counter that begins at zero: for a key that is used this once. @param key - Of 32 bytes. */
export function aes256Ctr(text: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return Buffer.concat([cipher.update(text), cipher.final()]);
}

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** For what others have stored so; it protects nobody. */
export const md5Hex = (text: string): string => createHash('md5').update(text).digest('hex');
