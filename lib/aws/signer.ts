/**
 * A key that signs and never leaves KMS. The only module that knows the KMS SDK.
 *
 * Errors: `temporarily_unavailable` where KMS did not answer; the SDK's own after its retries.
 *
 * @module
 * @see KMS API Reference, Sign: ECDSA_SHA_256 over a digest gives a signature in DER
 */
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { unavailable } from '../errors.ts';

export type Signer = { client: KMSClient; key: string };

const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};

/** @param key - Its id or ARN. */
export const connectSigner = (key: string): Signer => ({ key, client: new KMSClient(LIMITS) });

/** @param digest - SHA-256 of what is signed. @returns ECDSA on P-256, in DER. */
export async function signDigest({ client, key }: Signer, digest: Buffer): Promise<Buffer> {
  const command = new SignCommand({
    KeyId: key,
    Message: digest,
    MessageType: 'DIGEST',
    SigningAlgorithm: 'ECDSA_SHA_256',
  });
  const { Signature } = await client.send(command).catch(toFault);
  if (!Signature) throw unavailable('KMS: no signature');
  return Buffer.from(Signature);
}

/** @returns SubjectPublicKeyInfo, in DER. */
export async function readPublicKey({ client, key }: Signer): Promise<Buffer> {
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: key })).catch(toFault);
  if (!PublicKey) throw unavailable('KMS: no public key');
  return Buffer.from(PublicKey);
}

function toFault(error: Error & { $fault?: string }): never {
  if (error.$fault === 'client' && !/Throttl|LimitExceeded/.test(error.name)) throw error;
  throw unavailable(`KMS: ${error.name || 'no answer'}`, error);
}
