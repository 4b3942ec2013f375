/** Auth.js, by its core and with no more configuration than its documentation gives for OpenID Connect. */
import { Auth, type AuthConfig } from '@auth/core';
import { describe, expect, test } from 'vitest';
import { callbackOf, USER } from '../conformance/provider.ts';
import { AUTH_JS, type ClientStack } from './stack.ts';

const { origin, id, secret } = AUTH_JS;

/** One browser's cookies at the application. */
function application(issuer: string, more: { idToken?: boolean } = {}) {
  const config: AuthConfig = {
    secret: 'only for this test, thirty-two bytes',
    trustHost: true,
    basePath: '/auth',
    logger: { error: () => {}, warn: () => {} },
    providers: [
      {
        id: 'latchkey',
        name: 'Latchkey',
        type: 'oidc',
        issuer,
        clientId: id,
        clientSecret: secret,
        ...more,
      },
    ],
  };
  const jar = new Map<string, string>();
  return async (target: string | URL, form?: Record<string, string>): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const body = form && new URLSearchParams(form);
    const request = new Request(new URL(target, origin), {
      method: form ? 'POST' : 'GET',
      headers: { cookie },
      ...(body && { body }),
    });
    const answer = await Auth(request, config);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
}
type Application = ReturnType<typeof application>;

async function begin(send: Application): Promise<URL> {
  const { csrfToken } = (await (await send('/auth/csrf')).json()) as { csrfToken: string };
  const answer = await send('/auth/signin/latchkey', { csrfToken });
  return new URL(String(answer.headers.get('location')));
}
const sessionAt = async (send: Application): Promise<unknown> =>
  (await send('/auth/session')).json();

export function byAuthJs(stack: () => ClientStack): void {
  describe('Auth.js', () => {
    test('signs a user in, by the code flow with PKCE, and asks userinfo for the name', async () => {
      const send = application(stack().issuer, { idToken: false });
      const url = await begin(send);
      expect(url.searchParams.get('code_challenge_method')).toBe('S256');
      expect(await sessionAt(send)).toBeNull();
      await send(await callbackOf(stack().visitor(), url));
      expect(await sessionAt(send)).toMatchObject({ user: { email: USER.username } });
    });

    test('C4: knows the user from the ID token, where the client is registered for it', async () => {
      const send = application(stack().issuer);
      await send(await callbackOf(stack().visitor(), await begin(send)));
      expect(await sessionAt(send)).toMatchObject({ user: { email: USER.username } });
    });

    test("takes no code that another browser's sign-in got (RFC 9700 §4.7)", async () => {
      const [send, other] = [application(stack().issuer), application(stack().issuer)];
      await begin(send);
      const callback = await callbackOf(stack().visitor(), await begin(other));
      expect((await send(callback)).headers.get('location')).toMatch(/error/);
      expect(await sessionAt(send)).toBeNull();
    });
  });
}
