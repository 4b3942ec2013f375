/**
 * Password hashes of ASP.NET Core Identity: bytes in Base64, the first of which is the version.
 *
 *   version 2   00, a salt of 16 bytes, a hash of 32: PBKDF2 with SHA-1 and 1000 iterations
 *   version 3   01, then as numbers of 4 bytes, the highest first, which digest, how many iterations and
 *               how long the salt is; then the salt, and what is left is the hash
 *
 * @module
 * @see Microsoft.AspNetCore.Identity.PasswordHasher
 */
import type { Pbkdf2Digest } from '../../key-derivation.ts';
import { writePbkdf2 } from '../../sign-in/hashes/pbkdf2.ts';
import { readBase64 } from '../../sign-in/hashes/phc.ts';

const V2 = { length: 49, iterations: 1000, salt: 16 };
const V3_HEAD = 13;
/** By the number that stands for it. */
const DIGESTS: readonly Pbkdf2Digest[] = ['sha1', 'sha256', 'sha512'];

/** @returns As it is stored here; `undefined` for anything else. */
export function fromAspNet(text: string): string | undefined {
  const bytes = readBase64(text);
  if (bytes?.[0] === 0 && bytes.length === V2.length) return version2(bytes);
  if (bytes?.[0] === 1 && bytes.length > V3_HEAD) return version3(bytes);
  return undefined;
}

function version2(bytes: Buffer): string {
  const end = 1 + V2.salt;
  const [salt, hash] = [bytes.subarray(1, end), bytes.subarray(end)];
  return writePbkdf2({ digest: 'sha1', iterations: V2.iterations, salt, hash });
}

function version3(bytes: Buffer): string | undefined {
  const digest = DIGESTS[bytes.readUInt32BE(1)];
  const iterations = bytes.readUInt32BE(5);
  const end = V3_HEAD + bytes.readUInt32BE(9);
  const [salt, hash] = [bytes.subarray(V3_HEAD, end), bytes.subarray(end)];
  if (!digest || salt.length === 0 || hash.length === 0) return undefined;
  return writePbkdf2({ digest, iterations, salt, hash });
}
