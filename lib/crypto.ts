/**
 * The only module that knows `node:crypto`, beside key-derivation.ts.
 *
 * @module
 * @see RFC 9562 §5.4 (UUID version 4), RFC 7518 §3.3 to §3.5 (RS256, ES256, PS256),
 *      RFC 8037 §3.1 (EdDSA), RFC 9864 §2.2 (Ed25519), RFC 5869 (HKDF)
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  randomInt,
  randomUUID,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';

/** Constant time for equal lengths; a length is not a secret here. */
export const equalInConstantTime = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);

export const randomSalt = (): Buffer => randomBytes(16);
export const randomKey = (): string => randomUUID();
/** 24 hexadecimal digits: the form of a user id in the Appmixer dialect. */
export const randomUserId = (): string => randomBytes(12).toString('hex');
export const randomDigits = (count: number): string =>
  String(randomInt(10 ** count)).padStart(count, '0');

export const sha256 = (content: string | Buffer): Buffer =>
  createHash('sha256').update(content).digest();
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

/** ECDSA on P-256, in DER, as KMS signs. */
export const isSignedFile = (bytes: Buffer, signature: Buffer, key: VerifyingKey): boolean =>
  key.asymmetricKeyDetails?.namedCurve === 'prime256v1' && verify('sha256', bytes, key, signature);

/** How somebody else's key may sign, and which keys fit. */
const FOREIGN = {
  ES256: { fits: (key: KeyObject) => key.asymmetricKeyDetails?.namedCurve === 'prime256v1' },
  RS256: { fits: isLongRsa },
  PS256: { fits: isLongRsa, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  // One algorithm by two names: the newer says which curve.
  EdDSA: { fits: isEd25519 },
  Ed25519: { fits: isEd25519 },
} as const;
export type ForeignAlgorithm = keyof typeof FOREIGN;
export const FOREIGN_ALGORITHMS = /* @__PURE__ */ Object.keys(FOREIGN) as ForeignAlgorithm[];

const ED25519: readonly unknown[] = ['EdDSA', 'Ed25519'] satisfies ForeignAlgorithm[];
/** @param marked - The `alg` of a key, by which it may sign alone. */
export const isSameAlgorithm = (marked: unknown, alg: ForeignAlgorithm): boolean =>
  marked === alg || (ED25519.includes(marked) && ED25519.includes(alg));

function isEd25519({ asymmetricKeyType }: KeyObject): boolean {
  return asymmetricKeyType === 'ed25519';
}

/** @see RFC 7518 §3.3 */
function isLongRsa({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
}

/** The algorithm is checked against the key, so that none is used as what it is not. */
export function isSignedBy(
  alg: ForeignAlgorithm,
  text: string,
  signature: Buffer,
  key: VerifyingKey,
): boolean {
  const { fits, ...padding } = FOREIGN[alg];
  if (!fits(key)) return false;
  const signed = Buffer.from(text);
  if (isEd25519(key)) return verify(null, signed, key, signature);
  return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363', ...padding }, signature);
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

/** A private key of ours, likewise made once: making it costs several times as much as using it. */
export type SignatureKey = KeyObject;
export const signatureKey = (jwk: JsonWebKey): SignatureKey =>
  createPrivateKey({ key: jwk, format: 'jwk' });

const signElsewhere = /* @__PURE__ */ promisify(sign);

/**
 * RS256 or ES256, likewise. RS256 takes twenty times as long, so it is done on the thread pool.
 *
 * @throws Error for a key that can be used for neither.
 */
export async function signatureOf(text: string, key: SignatureKey): Promise<Buffer> {
  const bytes = Buffer.from(text);
  if (key.asymmetricKeyType === 'rsa') return signElsewhere('sha256', bytes, key);
  return fromDer(sign('sha256', bytes, key));
}

/** Back from ASN.1: each number at its full 32 bytes, whatever it has in front. */
function fromDer(der: Buffer): Buffer {
  const second = 4 + (der[3] ?? 0);
  const numbers = [der.subarray(4, second), der.subarray(second + 2)];
  return Buffer.concat(numbers.map((bytes) => fullLength(bytes)));
}

function fullLength(bytes: Buffer): Buffer {
  const digits = bytes.subarray(Math.max(0, bytes.length - 32));
  if (bytes.length > 33) throw new Error('a signature by a key of another curve');
  return Buffer.concat([Buffer.alloc(32 - digits.length), digits]);
}

const SEALED = /^([\w-]{16})([\w-]{22})([\w-]+)$/;
const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'latchkey sealed text', 32));

/** So that only who has the secret, of 256 random bits, can read the text. */
export function sealed(text: string, secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url')).join('');
}

/** @throws Error for another secret, or a text that was tampered with. */
export function unsealed(text: string, secret: string): string {
  const [, ...parts] = SEALED.exec(text) ?? [];
  const [nonce, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (!nonce || !tag || !body) throw new Error('not a sealed text');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), nonce, {
    authTagLength: 16,
  });
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}
