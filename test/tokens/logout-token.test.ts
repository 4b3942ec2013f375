/** Logout tokens: their type, and every claim (OpenID Connect Back-Channel Logout 1.0 §2.4). */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';
import { instant, seconds } from '../../lib/time.ts';
import { rotatedKeys, type SigningKey } from '../../lib/tokens/key-set.ts';
import { signLogoutToken } from '../../lib/tokens/logout-token.ts';

test('it is good for two minutes, names the event, and no nonce', async () => {
  const now = instant(1_800_000_000);
  const times = { now, propagation: seconds(900), maxTokenLifetime: seconds(3600) };
  const key = (await rotatedKeys([], times)).find(({ alg }) => alg === 'ES256') as SigningKey;
  const claims = { sub: 'user', aud: 'app', sid: 'key', jti: 'id', iat: now };
  const token = await signLogoutToken(claims, { issuer: 'https://auth.example.com' }, key);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', kid: key.kid, typ: 'logout+jwt' });
  expect(decodeJwt(token)).toEqual({
    ...claims,
    iss: 'https://auth.example.com',
    exp: now + 120,
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
});
