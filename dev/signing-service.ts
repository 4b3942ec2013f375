/**
 * A local KMS with one key on P-256, whatever name it is asked by: Sign and GetPublicKey over the real wire
 * format (AWS JSON 1.1).
 *
 * The key is made at the first start, and kept in a file of mode 0600 or in memory. Not checked: signatures
 * of requests, IAM.
 *
 * @module
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { type AwsServer, startAwsServer } from './aws-server.ts';
import { signDigest } from './ecdsa-digest.ts';

const Sign = v.object({
  KeyId: v.string(),
  Message: v.pipe(v.string(), v.base64()),
  MessageType: v.literal('DIGEST'),
  SigningAlgorithm: v.literal('ECDSA_SHA_256'),
});
const GetPublicKey = v.object({ KeyId: v.string() });
const DIGEST_BYTES = 32;

/** @param file - Where the key is kept. */
export async function startSigningService(file: string | undefined): Promise<AwsServer> {
  const key = keyIn(file);
  return startAwsServer((request, response) => void handle(request, response, key));
}

function keyIn(file: string | undefined): KeyObject {
  if (file && existsSync(file)) return createPrivateKey(readFileSync(file));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (file) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  return privateKey;
}

async function handle(request: IncomingMessage, response: ServerResponse, key: KeyObject) {
  try {
    const action = /^TrentService\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1];
    const input: unknown = JSON.parse(await text(request));
    if (action === 'Sign') return reply(response, 200, sign(input, key));
    if (action === 'GetPublicKey') return reply(response, 200, publicHalf(input, key));
    reply(response, 400, { __type: 'UnsupportedOperationException', message: String(action) });
  } catch (error) {
    reply(response, 400, { __type: 'ValidationException', message: (error as Error).message });
  }
}

function sign(input: unknown, key: KeyObject): object {
  const { KeyId, Message, SigningAlgorithm } = v.parse(Sign, input);
  const digest = Buffer.from(Message, 'base64');
  if (digest.length !== DIGEST_BYTES) throw new Error('Digest is invalid length for algorithm.');
  return { KeyId, SigningAlgorithm, Signature: signDigest(digest, key).toString('base64') };
}

function publicHalf(input: unknown, key: KeyObject): object {
  const { KeyId } = v.parse(GetPublicKey, input);
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    KeyId,
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: ['ECDSA_SHA_256'],
    PublicKey: der.toString('base64'),
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
