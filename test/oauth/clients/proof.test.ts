/** How a client says who it is: one way, once, and never in the URI (RFC 6749 §2.3). */
import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../../lib/http/request.ts';
import { presentedClient } from '../../../lib/oauth/clients/proof.ts';
import { basic } from '../../support/actors/clients.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const assertionOf = (payload: unknown) => `${part({ alg: 'ES256' })}.${part(payload)}.c2ln`;
const ASSERTION = assertionOf({ sub: 'app' });
const presented = (
  parameters: Record<string, string>,
  { authorization, query = {} }: { authorization?: string; query?: Record<string, string> } = {},
) =>
  presentedClient(
    {
      headers: authorization === undefined ? {} : { authorization },
      query: new Map(Object.entries(query)),
    } as unknown as HttpRequest,
    new Map(Object.entries(parameters)),
  );
const by = (pair: string) => basic(pair);

describe('a client is', () => {
  test.each<[string, Record<string, string>, string | undefined, object]>([
    [
      'client_secret_post',
      { client_id: 'app', client_secret: 's' },
      undefined,
      { id: 'app', way: 'secret', secret: 's' },
    ],
    [
      'client_secret_basic',
      {},
      by('app:s').authorization,
      { id: 'app', way: 'secret', secret: 's' },
    ],
    [
      'basic, named in the body, too',
      { client_id: 'app' },
      by('app:s').authorization,
      { id: 'app', way: 'secret', secret: 's' },
    ],
    [
      'basic with form-encoded halves',
      {},
      by('my+app:a%3Ab+c%25').authorization,
      { id: 'my app', way: 'secret', secret: 'a:b c%' },
    ],
    [
      'basic without padding',
      {},
      by('app:se').authorization,
      { id: 'app', way: 'secret', secret: 'se' },
    ],
    [
      'basic with a colon in the secret',
      {},
      by('app:a:b').authorization,
      { id: 'app', way: 'secret', secret: 'a:b' },
    ],
    [
      'basic with an empty secret',
      {},
      by('app:').authorization,
      { id: 'app', way: 'secret', secret: '' },
    ],
    [
      'basic in small letters, with blanks',
      {},
      by('app:s').authorization.replace('Basic ', 'basic   '),
      { id: 'app', way: 'secret', secret: 's' },
    ],
    [
      'private_key_jwt',
      { client_assertion: ASSERTION, client_assertion_type: TYPE },
      undefined,
      { id: 'app', way: 'private_key_jwt', assertion: ASSERTION },
    ],
    [
      'private_key_jwt, named beside it',
      { client_id: 'app', client_assertion: ASSERTION, client_assertion_type: TYPE },
      undefined,
      { id: 'app', way: 'private_key_jwt', assertion: ASSERTION },
    ],
    ['public, by its id alone', { client_id: 'app' }, undefined, { id: 'app', way: 'none' }],
    [
      'public, beside a left-over bearer token',
      { client_id: 'app' },
      'Bearer x',
      { id: 'app', way: 'none' },
    ],
    [
      'public, beside a scheme whose name begins alike',
      { client_id: 'app' },
      'Basically x',
      { id: 'app', way: 'none' },
    ],
    [
      'public, beside a scheme whose name ends alike',
      { client_id: 'app' },
      'Unbasic x',
      { id: 'app', way: 'none' },
    ],
  ])('%s', (_case, parameters, authorization, who) =>
    expect(presented(parameters, authorization === undefined ? {} : { authorization })).toEqual(
      who,
    ),
  );
});

describe('a client is refused', () => {
  const refusal = (rule: string, code: string) =>
    expect.objectContaining({ said: expect.objectContaining({ code, rule }) });
  const BASIC = by('app:s');
  const JWT = { client_assertion: ASSERTION, client_assertion_type: TYPE };
  const raw = (text: string) => ({ authorization: `Basic ${text}` });
  const encoded = (text: string) => raw(Buffer.from(text, 'latin1').toString('base64'));

  test.each<[string, Record<string, string>, Parameters<typeof presented>[1], string]>([
    [
      'with a secret in the URI',
      { client_id: 'app' },
      { query: { client_secret: '' } },
      'client-credentials-in-uri',
    ],
    [
      'with an assertion in the URI',
      {},
      { query: { client_assertion: ASSERTION } },
      'client-credentials-in-uri',
    ],
    ['by Basic and in the body', { client_secret: 's' }, BASIC, 'client-authentication-repeated'],
    ['by Basic and an assertion', JWT, BASIC, 'client-authentication-repeated'],
    [
      'by a secret and an assertion',
      { client_secret: 's', ...JWT },
      {},
      'client-authentication-repeated',
    ],
    ['named otherwise beside Basic', { client_id: 'other' }, BASIC, 'client-ambiguous'],
    ['named otherwise beside an assertion', { client_id: 'other', ...JWT }, {}, 'client-ambiguous'],
    [
      'without the type of its assertion',
      { client_assertion: ASSERTION },
      {},
      'client-assertion-type-unknown',
    ],
    [
      'with another type of assertion',
      { ...JWT, client_assertion_type: `${TYPE}x` },
      {},
      'client-assertion-type-unknown',
    ],
    ['by Basic without anything', {}, { authorization: 'Basic' }, 'authorization-header-malformed'],
    ['by Basic without a colon', {}, encoded('app'), 'authorization-header-malformed'],
    ['by Basic that is no base64', {}, raw('app:s'), 'authorization-header-malformed'],
    ['by Basic in base64url', {}, raw('YTpi_w'), 'authorization-header-malformed'],
    ['by Basic that is cut', {}, raw('YTp'), 'authorization-header-malformed'],
    ['by Basic that is no UTF-8', {}, encoded('app:\xff'), 'text-malformed'],
    ['by Basic with half an escape', {}, encoded('app:%4'), 'authorization-header-malformed'],
    [
      'by Basic twice',
      {},
      { authorization: `${BASIC.authorization}, ${BASIC.authorization}` },
      'authorization-header-malformed',
    ],
    [
      'by Basic behind a bearer token',
      {},
      { authorization: `Bearer x, ${BASIC.authorization}` },
      'authorization-header-malformed',
    ],
  ])('%s', (_case, parameters, more, rule) =>
    expect(() => presented(parameters, more)).toThrow(refusal(rule, 'invalid_request')),
  );

  test.each<[string, Record<string, string>]>([
    ['that says nothing', {}],
    ['with a secret of nobody', { client_secret: 's' }],
    ['with an assertion that is no token', { ...JWT, client_assertion: 'x' }],
    ['with an assertion of nobody', { ...JWT, client_assertion: assertionOf({}) }],
    ['with an assertion of a number', { ...JWT, client_assertion: assertionOf({ sub: 1 }) }],
  ])('%s', (_case, parameters) =>
    expect(() => presented(parameters)).toThrow(
      refusal('client-authentication-failed', 'invalid_client'),
    ),
  );
});
