/** Where a caller puts its token, and every way of putting it wrongly (RFC 6750 §2). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialOf } from '../../lib/http/credential.ts';

const TOKEN = 'eyJ.eyJ.c2ln';

describe('a credential', () => {
  test.each([
    [{ authorization: `Bearer ${TOKEN}` }, { token: TOKEN, pair: false }],
    [{ authorization: `bearer ${TOKEN}` }, { token: TOKEN, pair: false }],
    [{ authorization: `BEARER   ${TOKEN}==` }, { token: `${TOKEN}==`, pair: false }],
    [
      { authorization: `Bearer ${TOKEN}`, 'x-key': 'k' },
      { token: TOKEN, key: 'k', pair: false },
    ],
    [
      { 'x-access-token': TOKEN, 'x-key': 'k' },
      { token: TOKEN, key: 'k', pair: true },
    ],
    [
      { authorization: 'Basic YTpi', 'x-access-token': TOKEN, 'x-key': 'k' },
      { token: TOKEN, key: 'k', pair: true },
    ],
    [{ 'x-api-key': 'lk_1' }, { token: 'lk_1', pair: false, apiKey: true }],
  ])('is taken from %j', (headers, presented) =>
    expect(credentialOf(headers)).toEqual({ status: 'presented', ...presented }),
  );

  test.each([
    [{}],
    [{ authorization: '' }],
    [{ 'x-key': 'k' }],
    [{ 'x-access-token': '', 'x-key': 'k' }],
    [{ Authorization: `Bearer ${TOKEN}` }],
    [{ cookie: `authorization=Bearer ${TOKEN}` }],
    [{ 'x-authorization': `Bearer ${TOKEN}` }],
  ] as Record<string, string>[][])('is missing in %j', (headers = {}) =>
    expect(credentialOf(headers)).toEqual({ status: 'missing' }),
  );

  test.each([
    ['two tokens', { authorization: `Bearer ${TOKEN}`, 'x-access-token': TOKEN, 'x-key': 'k' }],
    ['two tokens, one without key', { authorization: `Bearer ${TOKEN}`, 'x-access-token': TOKEN }],
    ['an API key beside a token', { authorization: `Bearer ${TOKEN}`, 'x-api-key': TOKEN }],
    ['an API key beside half a pair', { 'x-access-token': TOKEN, 'x-api-key': TOKEN }],
    ['an API key beside a key', { 'x-api-key': TOKEN, 'x-key': 'k' }],
    ['an API key beside another scheme', { 'x-api-key': TOKEN, authorization: 'Basic YTpi' }],
    ['a bare token', { authorization: TOKEN }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['DPoP', { authorization: `DPoP ${TOKEN}` }],
    ['no token', { authorization: 'Bearer' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['no blank', { authorization: `Bearer${TOKEN}` }],
    ['a tab', { authorization: `Bearer\t${TOKEN}` }],
    ['a blank first', { authorization: ` Bearer ${TOKEN}` }],
    ['a blank last', { authorization: `Bearer ${TOKEN} ` }],
    ['a line break last', { authorization: `Bearer ${TOKEN}\n` }],
    ['two in one header', { authorization: `Bearer ${TOKEN}, Bearer ${TOKEN}` }],
    ['two joined by API Gateway', { authorization: `Bearer ${TOKEN},Bearer ${TOKEN}` }],
    ['quotes', { authorization: `Bearer "${TOKEN}"` }],
    ['a sign that base64url has not', { authorization: 'Bearer a\u0000b' }],
    ['padding inside', { authorization: 'Bearer a=b' }],
    ['letters beyond ASCII', { authorization: 'Bearer é' }],
    ['a wide letter in the scheme', { authorization: `ＢEARER ${TOKEN}` }],
  ] satisfies [string, Record<string, string>][])('is malformed with %s', (_case, headers) => {
    const { status, ...rest } = credentialOf(headers);
    expect(status).toBe('malformed');
    expect(JSON.stringify(rest)).not.toContain(TOKEN);
  });

  test.each([
    ['half a credential', { 'x-access-token': TOKEN }],
    ['an empty key', { 'x-access-token': TOKEN, 'x-key': '' }],
  ] satisfies [string, Record<string, string>][])(
    'with %s is a pair that lacks its key, which only a domain token may (present.ts)',
    (_case, headers) =>
      expect(credentialOf(headers)).toEqual({
        status: 'presented',
        token: TOKEN,
        key: undefined,
        pair: true,
      }),
  );

  test('is only ever what the headers hold, whatever they hold', () =>
    fc.assert(
      fc.property(
        fc
          .array(
            fc.tuple(
              fc.constantFrom(
                'authorization',
                'x-access-token',
                'x-api-key',
                'x-key',
                '__proto__',
                'x',
              ),
              fc.oneof(
                fc.string({
                  unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
                }),
                fc.constantFrom(`Bearer ${TOKEN}`, 'Bearer ', TOKEN, '', 'k'),
              ),
            ),
            { maxLength: 4 },
          )
          .map((entries): Record<string, string> => Object.fromEntries(entries)),
        (headers) => {
          const credential = credentialOf(headers);
          if (credential.status !== 'presented') return;
          const sent = Object.values(headers);
          expect(sent.some((value) => value.endsWith(credential.token))).toBe(true);
          expect([undefined, ...sent]).toContain(credential.key);
        },
      ),
    ));

  test('of a megabyte is judged, not choked on', () => {
    expect(credentialOf({ authorization: `Bearer ${'a'.repeat(1e6)}` }).status).toBe('presented');
    expect(credentialOf({ authorization: `Bearer ${'='.repeat(1e6)}!` }).status).toBe('malformed');
    expect(credentialOf({ authorization: `Bearer${' '.repeat(1e6)}` }).status).toBe('malformed');
  });
});
