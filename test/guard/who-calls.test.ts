/** Who calls, where nothing has to be read for it: why not, by its rule. */
import { expect, test } from 'vitest';
import { whoCalls } from '../../lib/guard/who-calls.ts';
import { credentialOf, keyedCredentialOf } from '../../lib/http/credential.ts';

type Headers = Record<string, string>;

test.each<[string, Headers, string, typeof credentialOf?]>([
  ['nobody, without a credential', {}, 'no-credential'],
  ['two at once', { authorization: 'Bearer a', 'x-access-token': 'b' }, 'malformed-credential'],
  ['a broken bearer token', { authorization: 'Bearer a b' }, 'malformed-credential'],
  ['an API key beside a key', { 'x-api-key': 'a', 'x-key': 'b' }, 'malformed-credential'],
  [
    'elsewhere than where answers are kept',
    { 'x-api-key': 'a' },
    'malformed-credential',
    keyedCredentialOf,
  ],
])('%s', async (_case, headers, rule, read = credentialOf) => {
  // Whatever asked the tables or the keys would fail.
  const found = await whoCalls({ tables: {}, tokens: {} } as never, read(headers), []);
  expect(found).toMatchObject({ status: 'unknown', rule, who: {} });
});
