/** The events of API Gateway's authorizers and the answers to them; above all, no Allow by accident. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionOf } from '../../lib/access/acl.ts';
import { resourceOf } from '../../lib/access/resource.ts';
import {
  type AuthorizerAnswer,
  type AuthorizerEvent,
  readAuthorizerEvent,
  unauthorized,
} from '../../lib/http/authorizer.ts';
import { credentialOf } from '../../lib/http/credential.ts';
import { ARN, httpCall, restCall, tokenCall } from '../support/events.ts';
import { changed, fieldsOf, MISSING } from '../support/fields.ts';

const TOKEN = 'eyJ.eyJ.c2ln';
const HEADERS = { authorization: `Bearer ${TOKEN}` };

/** The simplest authorizer there is: one token may read one resource. */
function decide(event: unknown): AuthorizerAnswer {
  const call = readAuthorizerEvent(event as AuthorizerEvent);
  const credential = credentialOf(call.headers);
  if (credential.status !== 'presented' || credential.token !== TOKEN) throw unauthorized();
  const permitted =
    resourceOf({ cdr: [], book: [] }, call.path) === 'cdr' && actionOf(call.method) === 'r';
  return permitted ? call.allow('subject', { subject: 'subject' }) : call.forbid();
}
const isAllow = (answer: AuthorizerAnswer): boolean =>
  'isAuthorized' in answer ? answer.isAuthorized : JSON.stringify(answer).includes('"Allow"');
const allowed = (event: unknown): boolean => {
  try {
    return isAllow(decide(event));
  } catch {
    return false;
  }
};

const KINDS = {
  'HTTP API, payload 2.0': (call: string, headers: Record<string, string>): object =>
    httpCall(call, headers),
  'REST API, REQUEST': (call: string, headers: Record<string, string>): object =>
    restCall(call, headers),
  'REST API, TOKEN': (call: string, headers: Record<string, string>): object =>
    tokenCall(call, headers['authorization'] ?? ''),
};
const kinds = Object.entries(KINDS);

const WRONG: readonly unknown[] = [
  MISSING,
  null,
  undefined,
  '',
  ' ',
  0,
  1,
  true,
  false,
  [],
  {},
  [[]],
  { toString: 1 },
];
const wrong = [...WRONG, 'x', '*', '/', '2.0', '$default', ['x'], { authorization: 'x' }];

describe.each(kinds)('an event of a %s authorizer', (_kind, make) => {
  test('that may pass, passes', () => expect(allowed(make('GET /cdr', HEADERS))).toBe(true));

  test.each([
    ['without a credential', 'GET /cdr', {}],
    ["with a stranger's token", 'GET /cdr', { authorization: 'Bearer a.b.c' }],
    ['of another method', 'DELETE /cdr', HEADERS],
    ['of another path', 'GET /book', HEADERS],
    ['of the root', 'GET /', HEADERS],
  ] satisfies [string, string, Record<string, string>][])(
    '%s never passes, whichever field is missing or wrong',
    (_case, call, headers) => {
      const event = make(call, headers);
      expect(allowed(event)).toBe(false);
      const passed = fieldsOf(event).flatMap((field) =>
        wrong.filter((to) => allowed(changed(event, field, to))).map((to) => [field, to]),
      );
      expect(passed).toEqual([]);
    },
  );

  test('that may pass is not taken for another call when a field is missing or wrong', () => {
    const event = make('GET /cdr', HEADERS);
    const needed = fieldsOf(event).filter((field) => !allowed(changed(event, field, MISSING)));
    const names = needed.map((field) => field.join('.'));
    expect(names).toEqual(
      'rawPath' in event
        ? expect.arrayContaining(['version', 'rawPath', 'requestContext.http.method'])
        : expect.arrayContaining(['type', 'methodArn']),
    );
  });
});

describe('an event of no known kind', () => {
  test.each([
    ['nothing', {}],
    ['payload 1.0 of an HTTP API', { ...httpCall('GET /cdr', HEADERS), version: '1.0' }],
    ['a version that is a number', { ...httpCall('GET /cdr', HEADERS), version: 2 }],
    ['another type', { ...tokenCall('GET /cdr', HEADERS.authorization), type: 'token' }],
    ['no ARN', { type: 'TOKEN', authorizationToken: HEADERS.authorization }],
    ['a cron event', { source: 'aws.events', 'detail-type': 'Scheduled Event' }],
  ])('is a fault and not a 401: %s', (_case, event) => {
    expect(() => readAuthorizerEvent(event as never)).toThrow('unknown kind');
  });

  test.each([
    'GET/cdr',
    'arn:aws:execute-api:us-east-1:1:api/dev',
    'arn:aws:execute-api:us-east-1:1:api/dev/get/cdr',
    'arn:aws:lambda:us-east-1:1:api/dev/GET/cdr',
    `${ARN}/*/cdr`,
    ` ${ARN}/GET/cdr`,
    '',
  ])('is a fault with the ARN %j', (methodArn) => {
    const event = { type: 'TOKEN' as const, authorizationToken: HEADERS.authorization, methodArn };
    expect(() => readAuthorizerEvent(event)).toThrow();
  });
});

describe('the call that an HTTP API asks about', () => {
  const at = (stage: string, rawPath: string) => {
    const event = httpCall('GET /x', HEADERS);
    return readAuthorizerEvent({
      ...event,
      rawPath,
      requestContext: { ...event.requestContext, stage },
    }).path;
  };
  test.each([
    ['$default', '/cdr', '/cdr'],
    ['$default', '/$default/cdr', '/$default/cdr'],
    ['dev', '/dev/cdr', '/cdr'],
    ['dev', '/dev', '/'],
    ['dev', '/dev/', '/'],
    ['dev', '/dev/dev/cdr', '/dev/cdr'],
    ['dev', '/development/cdr', '/development/cdr'],
    ['dev', '/cdr', '/cdr'],
  ])('on stage %s for %s has the path %s', (stage, rawPath, path) =>
    expect(at(stage, rawPath)).toBe(path),
  );

  test('behind a domain name of its own keeps the whole path, even where it begins like the stage', () => {
    const event = httpCall('GET /cdr/book', {});
    const requestContext = { ...event.requestContext, stage: 'cdr', domainName: 'api.example.com' };
    expect(readAuthorizerEvent({ ...event, requestContext }).path).toBe('/cdr/book');
  });

  const identified = (headers: Record<string, string>, identitySource: string[]) =>
    readAuthorizerEvent({
      ...httpCall('GET /cdr', headers),
      identitySource: [...identitySource, 'GET', '/cdr'],
    }).headers;
  test('counts no header but those that the result cache goes by', () => {
    const headers = { Authorization: 'Bearer a', 'X-Access-Token': 'b', 'X-Key': 'c' };
    expect(identified(headers, ['Bearer a'])).toEqual({ authorization: 'Bearer a' });
    expect(identified(headers, ['b', 'c'])).toEqual({ 'x-access-token': 'b', 'x-key': 'c' });
    expect(identified(headers, ['d'])).toEqual({});
  });
});

describe('the answer', () => {
  const read = (event: object) => readAuthorizerEvent(event as AuthorizerEvent);
  const context = { subject: 's', own: 'false' };

  test('to an HTTP API is a boolean, with a context only when it allows', () => {
    const call = read(httpCall('GET /cdr', HEADERS));
    expect(call.allow('s', context)).toEqual({ isAuthorized: true, context });
    expect(call.forbid()).toEqual({ isAuthorized: false });
  });

  test('to a REST API is a policy for exactly the method that was called', () => {
    const call = read(restCall('GET /cdr/7', HEADERS));
    const policy = (Effect: string) => ({
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: `${ARN}/GET/cdr/7` }],
    });
    expect(call.allow('s', context)).toEqual({
      principalId: 's',
      policyDocument: policy('Allow'),
      context,
    });
    expect(call.forbid()).toEqual({ principalId: 'forbidden', policyDocument: policy('Deny') });
  });

  test('to a REST API never allows a path whose signs a policy would read as a pattern', () =>
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('*', '?', '$'),
        fc.string(),
        (before, sign, after) => {
          const call = read(
            restCall(`GET /cdr/${`${before}${sign}${after}`.replaceAll(' ', '')}`, HEADERS),
          );
          expect(isAllow(call.allow('s', context))).toBe(false);
        },
      ),
    ));

  test('that means 401 says exactly what API Gateway looks for', () =>
    expect(unauthorized().message).toBe('Unauthorized'));
});
