/** What a refusal carries for a gateway response: fit for a template that puts it between quotes. */
import { expect, test } from 'vitest';
import { refusalContext } from '../../../lib/faces/authorizer/refusal-context.ts';

test('the rule, why, and a challenge with the scope that would do (RFC 6750 §3)', () =>
  expect(
    refusalContext({
      rule: 'letter-not-held',
      reason: 'the caller does not hold r on cdr',
      ...{ resource: 'cdr', action: 'r' },
    }),
  ).toEqual({
    rule: 'letter-not-held',
    reason: 'the caller does not hold r on cdr',
    challenge: expect.stringMatching(/^Bearer .*error="insufficient_scope".*scope="cdr:r"/),
  }));

test('its text has neither quotes nor backslashes, nor anything but printable ASCII', () =>
  expect(
    refusalContext({ rule: 'letter-not-held', reason: 'a "b" \\ c\u017e\n ~]^[ \u007f' }),
  ).toMatchObject({ reason: "a 'b' ? c?? ~]^[ ?" }));
