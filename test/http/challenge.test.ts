/** Which refusals carry a challenge, and which one (RFC 6749 §5.2, RFC 6750 §3). */
import { expect, test } from 'vitest';
import { type ErrorCode, refuse } from '../../lib/errors.ts';
import { challengeFor } from '../../lib/http/challenge.ts';

const TOKEN = { authorization: 'Bearer abc' };

test.each<[ErrorCode, Record<string, string>, string | undefined]>([
  ['invalid_client', {}, 'Basic realm="latchkey"'],
  ['invalid_client', { authorization: 'Basic abc' }, 'Basic realm="latchkey"'],
  ['invalid_token', {}, 'Bearer realm="latchkey"'],
  ['invalid_token', { authorization: 'Basic abc' }, 'Bearer realm="latchkey"'],
  ['invalid_token', TOKEN, 'Bearer realm="latchkey", error="invalid_token"'],
  ['insufficient_scope', TOKEN, 'Bearer realm="latchkey", error="insufficient_scope"'],
  // The token was in a form.
  ['insufficient_scope', {}, 'Bearer realm="latchkey", error="insufficient_scope"'],
  ['invalid_credentials', {}, 'Bearer realm="latchkey"'],
  ['invalid_credentials', TOKEN, 'Bearer realm="latchkey"'],
  ['invalid_request', TOKEN, undefined],
  ['temporarily_unavailable', TOKEN, undefined],
])('%s with %o: %s', (code, headers, challenge) =>
  expect(challengeFor(refuse(code, 'not-permitted', 'No.'), headers)['www-authenticate']).toBe(
    challenge,
  ),
);
