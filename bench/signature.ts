/**
 * Checking an access token, ours and jose's, against the bare signature check: the reason for
 * lib/tokens/jws.ts. No target hangs on it.
 *
 * @module
 */

import { createPublicKey, verify } from 'node:crypto';
import { jwtVerify } from 'jose';
import { readPublicKeys } from '../lib/store/directory/public-keys.ts';
import { instant } from '../lib/time.ts';
import { verifyAccessToken } from '../lib/tokens/access-token.ts';
import { publicKeyCache } from '../lib/tokens/public-keys.ts';
import { partsOf } from './parts.ts';
import { printTable, type Target } from './report.ts';
import type { Service } from './service.ts';
import { type Call, median, timeInTurns } from './statistics.ts';

const WARM_UP = 500;
const ROUNDS = 2000;

export async function measureSignature(service: Service): Promise<Target[]> {
  const checks = await checksOf(service);
  await timeInTurns(Object.values(checks), WARM_UP);
  const times = await timeInTurns(Object.values(checks), ROUNDS);
  const [bare = 0, ...others] = times.map(median);
  const rows = Object.keys(checks).map((name, index) => {
    const own = [bare, ...others][index] ?? 0;
    return [name, `${(own * 1000).toFixed(0)} µs`, (own / bare).toFixed(2)];
  });
  printTable(['check of an ES256 token', 'p50', 'ratio'], rows);
  return [];
}

async function checksOf(service: Service): Promise<Record<string, Call>> {
  const { token } = await service.logIn('200@mydomain.com');
  const { jwk, signed, signature } = await partsOf(service, token);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const now = () => instant(Math.floor(Date.now() / 1000));
  const keys = publicKeyCache(() => readPublicKeys(service.tables.directory), now);
  const place = { issuer: service.issuer, audience: service.issuer };
  return {
    'bare `crypto.verify`': async () => ensure(verify('sha256', signed, key, signature)),
    'ours, with the claims': async () =>
      ensure((await verifyAccessToken(token, place, keys, instant(now()))).status === 'valid'),
    "jose's `jwtVerify`, with the claims": () =>
      jwtVerify(token, key, { ...place, typ: 'at+jwt', algorithms: ['ES256'] }),
  };
}

function ensure(valid: boolean): void {
  if (!valid) throw new Error('the token is not valid');
}
