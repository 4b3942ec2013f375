/** The OpenAPI document: valid, complete, strict in what is answered, true of what is taken. */
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENT } from '../../lib/compose/document.ts';
import { FACES } from '../../lib/compose/faces.ts';
import { AuthError } from '../../lib/errors.ts';
import { BASE } from '../../lib/faces/admin/call.ts';
import { ROUTES } from '../../lib/faces/admin/routes.ts';
import { parseInput } from '../../lib/http/input.ts';
import { templateOf } from '../../lib/openapi/operation.ts';
import { SCHEMES } from '../../lib/openapi/security.ts';
import { type Answered, answerProblems, operationFor, ruleOf } from '../support/calls/openapi.ts';

type Described = {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, []>[];
  responses: Record<string, unknown>;
  'x-latchkey': { by: string; letter?: string; resource?: string };
};
const operations = Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    operation: operation as Described,
  })),
);

type Served = { httpApi?: string | { method: string; path: string } };
type Functions = Record<string, { events?: Served[] }>;

/** Its routes are no API: what of them a program asks for is described elsewhere (RFC 9116, RFC 9309). */
const FOR_PEOPLE = ['account', 'front', 'recovery'];

/** As deployed; the admin API's own routing in place of its `{proxy+}`. */
function servedRoutes(): string[] {
  const text = readFileSync('serverless.yml', 'utf8');
  const { functions } = parse(text, { logLevel: 'silent', merge: true }) as {
    functions: Functions;
  };
  const deployed = Object.entries(functions)
    .filter(([name]) => !FOR_PEOPLE.includes(name))
    .map(([, definition]) => definition)
    .flatMap(({ events = [] }) => events)
    .flatMap(({ httpApi }) => httpApi ?? [])
    .map((route) => (typeof route === 'string' ? route : `${route.method} ${route.path}`))
    // HEAD is GET without its content, and the default is what there is not.
    .filter((route) => !route.startsWith('HEAD ') && route !== '*')
    .filter((route) => !route.endsWith(`${BASE}/{proxy+}`));
  const administrative = Object.keys(ROUTES).map((route) => route.replace(' ', ` ${BASE}`));
  return [...deployed, ...administrative].map(templateOf);
}

describe('the document', () => {
  test('is valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
    const servers = [{ url: 'https://auth.example.com' }];
    const document = structuredClone({ ...DOCUMENT, servers });
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    const text = JSON.stringify(DOCUMENT);
    for (const [, kind = '', name = ''] of text.matchAll(/#\/components\/(\w+)\/([^"]+)/g))
      expect(DOCUMENT.components[kind], name).toHaveProperty(name);
  });

  test('says of every operation whom it is for, as the guards have it', () => {
    const callers = operations.map(({ route, operation }) => [route, operation['x-latchkey']]);
    expect(callers.filter(([, of]) => of === undefined)).toEqual([]);
    expect(Object.fromEntries(callers)).toMatchObject({
      'POST /login': { by: 'anybody' },
      'GET /oauth/authorize': { by: 'person' },
      'POST /oauth/consent': { by: 'person' },
      'POST /oauth/token': { by: 'client' },
      'GET /user': { by: 'token' },
      'GET /admin/api/me': { by: 'token' },
      'GET /api/v1/helpdesk/api_key': { by: 'token', writes: true },
      'GET /admin/api/users/{id}': { by: 'token', letter: 'r', resource: 'admin/users' },
      'PATCH /admin/api/resources/{id}': { by: 'token', letter: 'u', resource: 'admin/resources' },
      'DELETE /api/v2/acl/roles/{name}': { by: 'token', letter: 'd', resource: 'acl/roles' },
    });
    const writing = operations.filter(({ operation }) => 'writes' in operation['x-latchkey']);
    expect(writing.map(({ route }) => route)).toEqual(['GET /api/v1/helpdesk/api_key']);
    for (const { route, operation } of operations)
      if (operation['x-latchkey'].by === 'token')
        expect(operation.security.length, route).toBeGreaterThan(0);
  });

  test('has schemas of the JSON Schema vocabulary alone', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
    formats.default(ajv);
    const { schemas = {} } = DOCUMENT.components;
    const $defs = JSON.parse(
      JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/'),
    );
    ajv.addSchema({ $defs }, 'all');
    for (const name of Object.keys(schemas))
      expect(() => ajv.compile({ $ref: `all#/$defs/${name}` }), name).not.toThrow();
  });

  test('N4: has no default beside a union, for which generators drop the operation', () => {
    const found: unknown[] = [];
    JSON.stringify(DOCUMENT, (_, value) => {
      if (Object(value).anyOf && 'default' in Object(value)) found.push(value);
      return value;
    });
    expect(found).toEqual([]);
  });

  test('O2: has no default in what is sent or answered, for which a member becomes a required one', () => {
    const bodies: unknown[] = [DOCUMENT.components['schemas']];
    const found: unknown[] = [];
    JSON.stringify(DOCUMENT.paths, (name, value) => {
      if (name === 'content') bodies.push(value);
      return value;
    });
    JSON.stringify(bodies, (_, value) => {
      if (Object(value).properties)
        found.push(
          ...Object.values(Object(value).properties).filter((it) => 'default' in Object(it)),
        );
      return value;
    });
    expect(found).toEqual([]);
    expect(JSON.stringify(DOCUMENT.components)).toContain('Left out: false.');
  });

  // A generated client has no use for what browsers alone ask, or for GET without its content.
  test('N4, O3: describes every route, and no other', () => {
    const served = servedRoutes().filter((route) => !/^(HEAD|OPTIONS) /.test(route));
    expect(operations.map(({ route }) => route).sort()).toEqual(served.sort());
  });

  test('gives each operation a name of its own, a tag that it declares, and schemes that it has', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    const tags = (DOCUMENT['tags'] as { name: string }[]).map(({ name }) => name);
    for (const { route, operation } of operations) {
      expect(operation.summary, route).toMatch(/^[A-Z].+\.$/);
      expect(tags, route).toEqual(expect.arrayContaining(operation.tags));
      for (const scheme of operation.security.flatMap(Object.keys))
        expect(SCHEMES, route).toHaveProperty(scheme);
    }
  });

  test('says of each operation how it fails when we or API Gateway do', () => {
    for (const { route, operation } of operations)
      expect(Object.keys(operation.responses), route).toEqual(
        expect.arrayContaining(['429', '500', '503']),
      );
  });

  test('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(DOCUMENT['info']).toMatchObject({ version });
  });

  test('explains every parameter', () => {
    const parameters = operations.flatMap(({ route, operation }) =>
      ((operation as { parameters?: object[] }).parameters ?? []).map((it) => ({ route, ...it })),
    );
    expect(parameters.length).toBeGreaterThan(50);
    for (const it of parameters)
      expect(it).toMatchObject({ description: expect.stringMatching(/./) });
  });

  test('closes every object that an answer is made of', () => {
    const open = openObjects({ ...DOCUMENT.components['responses'], ...answersOf() });
    // This document itself, the keys of a client, and an event's before and after, which are of any kind.
    expect([...new Set(open)].sort()).toEqual([
      'AdminClient',
      'AdminClientWithSecret',
      'AdminEvent',
      'GET /openapi.json',
    ]);
  });
});

const answersOf = () =>
  Object.fromEntries(operations.map(({ route, operation }) => [route, operation.responses]));

/** Where there are objects that may have any member. */
function openObjects(places: Readonly<Record<string, unknown>>): string[] {
  const isOpen = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const schema = value as { type?: unknown; additionalProperties?: unknown };
    const lax = schema.additionalProperties === undefined || isAny(schema.additionalProperties);
    return (schema.type === 'object' && lax) || Object.values(value).some(isOpen);
  };
  const { schemas = {} } = DOCUMENT.components;
  const used = JSON.stringify(places);
  const named = Object.entries(schemas).filter(([name]) => used.includes(`schemas/${name}"`));
  return [...Object.entries(places), ...named]
    .filter(([, value]) => isOpen(value))
    .map(([name]) => name);
}
const isAny = (schema: unknown): boolean => schema === true || JSON.stringify(schema) === '{}';

const bodies = FACES.flatMap(({ operations: all }) => Object.entries(all)).flatMap(
  ([route, { body }]) =>
    Object.entries(body?.content ?? {}).map(([type, schema]) => ({
      route,
      type,
      schema,
      example: body?.example,
    })),
);
type Sent = Readonly<Record<string, unknown>>;
const rule = ruleOf(DOCUMENT);
const placeOf = (route: string): readonly string[] => {
  const [method = '', path = ''] = route.split(' ');
  return ['paths', templateOf(path), method.toLowerCase()];
};
const documentTakes = (route: string, type: string, body: unknown): string | undefined =>
  rule.misfit([...placeOf(route), 'requestBody', 'content', type, 'schema'], body);

describe('a request', () => {
  test.each(bodies.filter(({ example }) => example !== undefined))(
    '$route, $type: its example is taken, by the document and by the service',
    ({ route, type, schema, example }) => {
      expect(documentTakes(route, type, example)).toBeUndefined();
      expect(() => parseInput(schema, example as Sent)).not.toThrow();
    },
  );

  test('has an example wherever it has a body that is needed', () => {
    const without = bodies.filter(({ example }) => example === undefined);
    expect([...new Set(without.map(({ route }) => route))]).toEqual(['POST /logout']);
  });

  // A half of a credential that is no text is ignored there, so nothing is refused.
  test.each(bodies.filter(({ route }) => route !== 'POST /logout'))(
    '$route, $type: what the document refuses, the service refuses',
    ({ route, type, schema, example }) => {
      fc.assert(
        fc.property(variant(example as Sent), (body) => {
          if (documentTakes(route, type, body) === undefined) return;
          expect(() => parseInput(schema, body), JSON.stringify(body)).toThrow(AuthError);
        }),
        { numRuns: 200 },
      );
    },
  );
});

/** The example with some members changed, taken away or added. */
const variant = (example: Sent) =>
  fc
    .record({
      changes: fc.dictionary(fc.constantFrom(...Object.keys(example), 'extra'), anything),
      without: fc.subarray(Object.keys(example)),
    })
    .map(({ changes, without }) => {
      const changed = Object.entries({ ...example, ...changes });
      return Object.fromEntries(changed.filter(([name]) => !without.includes(name)));
    });
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('', ' ', 'x'.repeat(300), 'A@b', -1, 0.5, 2 ** 60, [], {}, [''], { cdr: ['r'] }),
);

describe('the rule that answers are held to would catch', () => {
  const login = placeOf('POST /login');
  const show = placeOf('GET /admin/api/users/{id}');
  const named = { code: 'not_found', rule: 'user-unknown' };
  const problem = { type: 'about:blank', title: 'x', status: 404, detail: 'x', ...named };
  const json = { 'content-type': 'application/json' };
  const failed = (body: object): Answered => ({
    statusCode: 400,
    headers: json,
    body: JSON.stringify(body),
  });

  test('nothing wrong with what is described', () => {
    expect(answerProblems(rule, login, failed({ status: 'error', info: 'x' }))).toEqual([]);
    const asProblem = { 'Content-Type': 'application/problem+json; charset=utf-8' };
    const answer = { statusCode: 404, headers: asProblem, body: JSON.stringify(problem) };
    expect(answerProblems(rule, show, answer)).toEqual([]);
  });

  test.each<[string, readonly string[], Answered, string]>([
    ['another status', login, { ...failed({}), statusCode: 418 }, 'status 418'],
    ['a member that is missing', login, failed({ status: 'error' }), "property 'info'"],
    ['a member too many', login, failed({ status: 'error', info: '', x: 1 }), 'additional'],
    ['a member of another type', login, failed({ status: 'error', info: 1 }), 'be string'],
    ['another content type', login, { ...failed({}), headers: {} }, 'content type'],
    ['no body', login, { statusCode: 400, headers: json, body: '""' }, 'be object'],
    [
      'a body where there is none',
      placeOf('DELETE /admin/api/users/{id}'),
      { statusCode: 204, headers: json, body: '{}' },
      'body is not described',
    ],
    [
      'an ETag that is missing',
      show,
      { statusCode: 200, headers: json, body: '{}' },
      'header ETag is missing',
    ],
    [
      'a problem under the wrong type',
      show,
      { statusCode: 404, headers: json, body: JSON.stringify(problem) },
      'content type application/json',
    ],
  ])('%s', (_case, place, answer, text) => {
    expect(answerProblems(rule, place, answer).join()).toContain(text);
  });

  test('the operation that API Gateway would choose, and none for another path', () => {
    expect(operationFor('GET', '/users/count')?.[1]).toBe('/users/count');
    expect(operationFor('GET', '/users/x')?.[1]).toBe('/users/{id}');
    expect(operationFor('GET', '/admin/api/resources/cdr/files')?.[1]).toBe(
      '/admin/api/resources/{id}',
    );
    expect(operationFor('GET', '/nothing')).toBeUndefined();
    expect(operationFor('PUT', '/login')).toBeUndefined();
  });
});
