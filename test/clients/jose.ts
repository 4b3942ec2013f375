/** An API that verifies access tokens by jose and the published keys, as docs/verify.md has it. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { rotate, sendTo } from '../conformance/provider.ts';
import { form } from '../support/actors/clients.ts';
import type { ClientStack } from './stack.ts';

export function byJose(stack: () => ClientStack): void {
  const token = async () => {
    const client = { client_id: 'demo-api', client_secret: 'demo-api-password' };
    const request = form({
      grant_type: 'client_credentials',
      scope: 'mluviiPublicApi api/v1/Sessions:r',
      ...client,
    });
    return String(
      (await sendTo(stack().issuer)('POST /oauth/token', request)).body['access_token'],
    );
  };
  const verifier = (more: { typ?: string; audience?: string } = {}) => {
    const { issuer } = stack();
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      cooldownDuration: 0,
    });
    const rules = { issuer, audience: issuer, typ: 'at+jwt', algorithms: ['ES256'], ...more };
    return (text: string) => jwtVerify(text, keys, rules);
  };

  describe("jose's remote key set", () => {
    test('verifies an access token as one (RFC 9068 §4)', async () => {
      const { payload, protectedHeader } = await verifier()(await token());
      expect(payload).toMatchObject({
        client_id: 'demo-api',
        scope: 'mluviiPublicApi api/v1/Sessions:r',
      });
      expect(protectedHeader).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    });

    test('goes on across a rotation, with old tokens and new ones', async () => {
      const verify = verifier();
      const old = await token();
      await verify(old);
      await rotate(stack());
      await verify(old);
      await verify(await token());
    });

    test.each([{ audience: 'https://other.example' }, { typ: 'JWT' }])(
      'refuses it where %o is wanted',
      async (rules) => {
        await expect(verifier(rules)(await token())).rejects.toThrow();
      },
    );
  });
}
