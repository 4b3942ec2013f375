/** OpenAPI descriptions as resources: what the registry would take, and nothing that it would not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRegistry } from '../../lib/manage/resources/registry.ts';
import { resourcesOf, titlesOf } from '../../lib/openapi/described-resources.ts';
import { resourceOf } from '../../lib/verdict/resource.ts';

const described = (paths: object, base?: string) =>
  resourcesOf(
    JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths }),
    base,
  );

describe('a description', () => {
  test('names a resource by the literal segments of each path', () => {
    const paths = ['/cdr', '/cdr/files/{id}', '/users/{user-id}/orders/{order}', '/users/orders'];
    expect(described(Object.fromEntries(paths.map((path) => [path, {}])))).toEqual({
      cdr: [],
      'cdr/files': [],
      'users/orders': ['/users/orders', '/users/{userid}/orders'],
    });
  });

  test('of an exported API stands for all below {proxy+}', () => {
    expect(described({ '/files/{proxy+}': { 'x-amazon-apigateway-any-method': {} } })).toEqual({
      files: [],
    });
  });

  test('may name the resource itself', () => {
    expect(described({ '/v1/cdr': { 'x-latchkey-resource': 'cdr' } })).toEqual({
      cdr: ['/v1/cdr'],
    });
  });

  test('is put below a base path', () => {
    expect(described({ '/cdr/{id}': {} }, '/v1')).toEqual({ cdr: ['/v1/cdr'] });
  });

  const served = (servers: unknown, more: object = {}) =>
    resourcesOf(JSON.stringify({ openapi: '3.1.0', servers, paths: { '/cdr/{id}': {} }, ...more }));
  test.each([
    ['https://api.example.com/v1', '/v1/cdr'],
    ['https://api.example.com/v1/phones/', '/v1/phones/cdr'],
    ['/v1', '/v1/cdr'],
    ['v1', '/v1/cdr'],
  ])('R8: is put below the path of its first server, %s', (url, pattern) => {
    expect(served([{ url }, { url: 'https://other.example.com/v2' }])).toEqual({ cdr: [pattern] });
    expect(
      resourcesOf(
        JSON.stringify({ openapi: '3.1.0', servers: [{ url }], paths: { '/cdr': {} } }),
        '',
      ),
    ).toEqual({ cdr: [] });
  });
  test.each([
    [undefined],
    [[]],
    [[{ url: '/' }]],
    [[{ url: 'https://api.example.com' }]],
    [[{ url: 'https://abc.execute-api.eu-central-1.amazonaws.com/dev' }]],
    [[{ url: 'https://abc.execute-api.eu-central-1.amazonaws.com/{basePath}' }]],
    [[{ url: 'https://api.example.com/{stage}' }]],
    [[null]],
    ['x'],
  ])('R8: is put below nothing with the servers %j', (servers) =>
    expect(served(servers)).toEqual({ cdr: [] }),
  );
  test('R8: of Swagger 2 has its basePath', () => {
    const swagger = {
      swagger: '2.0',
      host: 'api.example.com',
      basePath: '/v1',
      paths: { '/cdr': {} },
    };
    expect(resourcesOf(JSON.stringify(swagger))).toEqual({ cdr: ['/v1/cdr'] });
  });
  test('R8: leaves out what asks for no credential', () => {
    const open = { security: [] };
    const paths = {
      '/health': { get: open },
      '/pets': { get: open, post: {} },
      '/cdr': { get: { security: [{ bearer: [] }] } },
      '/maybe': { get: { security: [{}] } },
    };
    expect(Object.keys(described(paths))).toEqual(['pets', 'cdr', 'maybe']);
    expect(() => described({ '/health': { get: open } })).toThrow('none that asks');
  });

  test('may be YAML', () => {
    const yaml = 'openapi: 3.0.3\npaths:\n  /cdr:\n    get: {}\n';
    expect(resourcesOf(yaml)).toEqual({ cdr: [] });
    expect(resourcesOf('swagger: "2.0"\npaths:\n  /cdr: {}\n')).toEqual({ cdr: [] });
  });

  test.each([
    ['that is empty', ''],
    ['that is no YAML', 'a: [1'],
    ['without a version', 'paths: { /cdr: {} }'],
    ['without paths', 'openapi: 3.1.0'],
    ['whose paths are a list', 'openapi: 3.1.0\npaths: [/cdr]'],
    ['with no path', 'openapi: 3.1.0\npaths: {}'],
    ['with a path of parameters alone', 'openapi: 3.1.0\npaths: { "/{proxy+}": {} }'],
    ['of aliases that multiply', `a: &a [x,x]\nb: &b [*a,*a]\n${'c: [*b,*b]\n'.repeat(2)}`],
  ])('%s is refused with a reason', (_case, text) => {
    expect(() => resourcesOf(text)).toThrow(/description|fixed part/);
  });

  test('of any paths gives a registry that can be registered, and covers each path', () => {
    const segment = fc.oneof(
      fc.stringMatching(/^[a-z][a-z0-9]{0,3}$/),
      fc.stringMatching(/^[a-z][a-z-]{0,4}$/).map((name) => `{${name}}`),
    );
    const path = fc
      .tuple(fc.stringMatching(/^[a-z]{2}$/), fc.array(segment, { maxLength: 4 }))
      .map(([first, rest]) => `/${[first, ...rest].join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 4 }), (paths) => {
        const resources = described(Object.fromEntries(paths.map((one) => [one, {}])));
        try {
          checkRegistry(resources);
        } catch {
          // What collides is refused as a whole; it is never registered in part.
          return;
        }
        for (const one of paths) {
          const example = one.replace(/\{[^}]*\}/g, '12345');
          expect(resourceOf(resources, example)).toBeDefined();
        }
      }),
    );
  });
});

test('a path says what people are told of its resource', () => {
  const paths = {
    '/cdr/files/{id}': { 'x-latchkey-title': 'Recordings' },
    '/book': { 'x-latchkey-title': 7 },
    '/log': {},
  };
  expect(titlesOf(JSON.stringify({ openapi: '3.1.0', paths }))).toEqual({
    'cdr/files': 'Recordings',
  });
});
