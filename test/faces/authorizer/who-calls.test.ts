/** Who calls, where nothing has to be read for it: why not, by its rule. */
import { expect, test } from 'vitest';
import { whoCalls } from '../../../lib/faces/authorizer/who-calls.ts';

type Headers = Record<string, string>;
/** Whatever asked the tables or the keys would fail. */
const found = (headers: Headers, kind = 'simple') =>
  whoCalls({ tables: {}, tokens: {} } as never, { kind, headers } as never);

test.each<[string, Headers, string, string?]>([
  ['nobody, without a credential', {}, 'no-credential'],
  ['two at once', { authorization: 'Bearer a', 'x-access-token': 'b' }, 'malformed-credential'],
  ['a broken bearer token', { authorization: 'Bearer a b' }, 'malformed-credential'],
  ['an API key beside a key', { 'x-api-key': 'a', 'x-key': 'b' }, 'malformed-credential'],
  ['elsewhere than where answers are kept', { 'x-api-key': 'a' }, 'malformed-credential', 'policy'],
])('%s', async (_case, headers, rule, kind) =>
  expect(await found(headers, kind)).toMatchObject({ status: 'unknown', rule, who: {} }),
);
