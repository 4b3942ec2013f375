/** Whose pages may read an answer: those of the client that a request names, in whichever way it does. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import type { HttpRequest } from '../../../lib/http/request.ts';
import { newClient } from '../../../lib/manage/clients/register.ts';
import { clientOrigins } from '../../../lib/oauth/clients/origins.ts';
import { saveClient } from '../../../lib/store/directory/clients.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import { basic } from '../../support/actors/clients.ts';
import { freshTables } from '../../support/running/tables.ts';

let directory: Table;
beforeAll(async () => {
  ({ directory } = await freshTables());
  for (const id of ['app', 'other']) {
    const registration = { id, name: id, domain: 'a.com', roles: [], scopes: [] };
    const client = newClient(registration, 'x'.repeat(43), epochMilliseconds(0));
    const allowedOrigins = [`https://${id}.example`];
    await saveClient(directory, { after: { ...client, allowedOrigins } });
  }
});

const FORM = 'application/x-www-form-urlencoded';
const signed = (payload: unknown) =>
  `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;
const bearer = (payload: unknown) => ({ authorization: `Bearer ${signed(payload)}` });
const originsOf = (headers: Record<string, string>, form: Record<string, string> = {}) =>
  clientOrigins(directory)({
    headers: { 'content-type': FORM, ...headers },
    body: new URLSearchParams(form).toString(),
  } as unknown as HttpRequest);
type Sent = [headers: Record<string, string>, form?: Record<string, string>];

describe('a request names its client', () => {
  test.each<[string, Sent]>([
    ['by Basic', [basic('app:secret')]],
    [
      'by Basic, in other letters',
      [{ authorization: basic('app:s').authorization.replace('Basic', 'basic  ') }],
    ],
    ['in its form', [{}, { client_id: 'app' }]],
    ['by an assertion', [{}, { client_assertion: signed({ sub: 'app' }) }]],
    ['by a token', [bearer({ client_id: 'app' })]],
    ['by a token in its form', [{}, { access_token: signed({ client_id: 'app' }) }]],
    ['by Basic before all else', [basic('app:secret'), { client_id: 'other' }]],
    [
      'in its form before an assertion',
      [{}, { client_id: 'app', client_assertion: signed({ sub: 'other' }) }],
    ],
    [
      'by an assertion before a token',
      [bearer({ client_id: 'other' }), { client_assertion: signed({ sub: 'app' }) }],
    ],
    [
      'by a token of its header before one of its form',
      [bearer({ client_id: 'app' }), { access_token: signed({ client_id: 'other' }) }],
    ],
  ])('%s', async (_case, sent) =>
    expect(await originsOf(...sent)).toEqual(['https://app.example']),
  );

  test.each<[string, Sent]>([
    ['none', [{}]],
    ['a form that is none', [{ 'content-type': 'text/plain' }, { client_id: 'app' }]],
    ['Basic without a pair', [{ authorization: 'Basic' }]],
    ['Basic somewhere', [{ authorization: 'x Basic YXBwOnM=' }]],
    ['Basic with more behind', [{ authorization: 'Basic YXBwOnM= x' }]],
    ['a token that is none', [{ authorization: 'Bearer nonsense' }]],
    ['a token that says null', [bearer(null)]],
    ['a token of no client', [bearer({ sub: 'app' })]],
    ['a token of a number', [bearer({ client_id: 7 })]],
    ['an assertion of nobody', [{}, { client_assertion: signed({ client_id: 'app' }) }]],
  ])('or all may read the refusal: %s', async (_case, sent) =>
    expect(await originsOf(...sent)).toEqual(['*']),
  );

  test('and nobody may where there is no such client', async () => {
    expect(await originsOf({}, { client_id: 'nobody' })).toEqual([]);
    expect(await originsOf(basic(':secret'))).toEqual([]);
  });
});
