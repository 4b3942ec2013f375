/**
 * A token taken apart for the bare signature check: what was signed, the signature as ASN.1 DER
 * (the faster form to check), and the public key.
 *
 * @module
 */
import type { JsonWebKey } from 'node:crypto';
import { request } from './events.ts';
import type { Endpoint, Service } from './service.ts';

export type Parts = { jwk: JsonWebKey; signed: Buffer; signature: Buffer };

export async function partsOf({ bundles }: Service, token: string): Promise<Parts> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const { handler } = bundles.load<Endpoint>('discovery');
  const { body = '' } = await handler(request('GET /.well-known/jwks.json'), {});
  const { keys } = JSON.parse(body) as { keys: (JsonWebKey & { kid: string })[] };
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk) throw new Error('the token names a key that is not published');
  return {
    jwk,
    signed: Buffer.from(`${header}.${payload}`),
    signature: derOf(Buffer.from(signature, 'base64url')),
  };
}

function derOf(signature: Buffer): Buffer {
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map((bytes) => {
    const short = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
    const positive = (short[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), short]) : short;
    return Buffer.concat([Buffer.of(2, positive.length), positive]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}
