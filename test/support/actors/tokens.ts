/** Tokens that the service would not issue, signed with its own keys where nothing else is said. */
import { createPrivateKey, sign } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload, SignJWT } from 'jose';
import { readVersion } from '../../../lib/aws/secret.ts';
import { parseSigningKeys, type SigningKey } from '../../../lib/tokens/key-set.ts';
import type { Service } from '../running/service.ts';

/** What differs from the token given; `undefined` leaves a member out. */
export type Forgery = {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: JWK | Uint8Array;
};

export async function signingKeys({ secret }: Pick<Service, 'secret'>): Promise<SigningKey[]> {
  return parseSigningKeys((await readVersion(secret, { stage: 'AWSCURRENT' })) ?? '');
}

export async function forge(
  service: Pick<Service, 'secret'>,
  token: string,
  { claims = {}, header = {}, key }: Forgery,
): Promise<string> {
  const merged = defined({ ...decodeProtectedHeader(token), ...header });
  const own = (await signingKeys(service)).find(({ kid }) => kid === merged['kid']);
  return new SignJWT(defined({ ...decodeJwt(token), ...claims }) as JWTPayload)
    .setProtectedHeader(merged as { alg: string })
    .sign(key ?? own?.jwk ?? {});
}

/** Any two parts at all, well signed by our ES256 key. */
export async function signParts(
  service: Pick<Service, 'secret'>,
  header: string | Buffer,
  payload: string | Buffer,
  dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363',
): Promise<string> {
  const own = (await signingKeys(service)).find(({ alg }) => alg === 'ES256');
  const key = createPrivateKey({ key: own?.jwk ?? {}, format: 'jwk' });
  const text = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding });
  return `${text}.${signature.toString('base64url')}`;
}

/** A token with any header at all, its signature given as text. */
export const assemble = (header: object, payload: object, signature = ''): string =>
  [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(signature)
    .join('.');

const defined = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
