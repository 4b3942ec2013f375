/** Events as plain requests, and JSON bodies whose members were each sent once (RFC 8259 §4). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuthError } from '../../lib/errors.ts';
import { jsonObject, lowerCased, mediaType, readRequest } from '../../lib/http/request.ts';
import { request } from '../support/calls/events.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const parse = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  jsonObject(readRequest(request('POST /login', { headers, body })));
const refusal = (body: string, headers?: Record<string, string>): AuthError => {
  try {
    parse(body, headers);
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

/** JSON as members and elements, which can repeat a name, unlike a value of JavaScript. */
type Node = { text: string; repeats: boolean };
/** Not the name `\\`: having seen it, JSON.parse of Node 24 reads other escaped names as that one. */
const NAMES = ['a', 'b', 'a:b', '"', 'a\\', '{', '__proto__', 'constructor', 'é', '\u2028'];
const spaced = (text: string, space: string) => space + text + space;
const space = fc.constantFrom('', ' ', '\n', '\t\r\n');
/** The same string, with some characters written as \u escapes. */
const string = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(of, fc.boolean())
    .map(([value, escaped]) =>
      escaped
        ? `"${[...value].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`
        : JSON.stringify(value),
    );
const { node } = fc.letrec<{ node: Node; leaf: Node; list: Node; object: Node }>((tie) => ({
  leaf: fc
    .oneof(
      fc.constantFrom(
        'null',
        'true',
        '0',
        '-1.5e3',
        '""',
        '":"',
        '"\\""',
        '"\\\\"',
        '"{\\"a\\":1}"',
      ),
      string(fc.constantFrom(...NAMES)),
    )
    .map((text) => ({ text, repeats: false })),
  list: fc.tuple(fc.array(tie('node'), { maxLength: 3 }), space).map(([nodes, between]) => ({
    text: `[${nodes.map(({ text }) => spaced(text, between)).join(',')}]`,
    repeats: nodes.some(({ repeats }) => repeats),
  })),
  object: fc
    .tuple(
      fc.array(fc.tuple(string(fc.constantFrom(...NAMES)), tie('node')), { maxLength: 4 }),
      space,
    )
    .map(([members, between]) => ({
      text: `{${members.map(([name, { text }]) => `${spaced(name, between)}:${spaced(text, between)}`).join(',')}}`,
      repeats:
        new Set(members.map(([name]) => JSON.parse(name))).size < members.length ||
        members.some(([, { repeats }]) => repeats),
    })),
  node: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('object')),
}));

describe('a JSON body', () => {
  test('is refused just when a member is named twice anywhere in it, however spelt', () =>
    fc.assert(
      fc.property(
        node.filter(({ text }) => text.startsWith('{')),
        ({ text, repeats }) => {
          if (repeats) expect(refusal(text).message).toBe('The body names a member twice');
          else expect(parse(text)).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 1000 },
    ));

  test.each([
    ['plainly', '{"username":"a","username":"b"}'],
    ['by an escape', '{"username":"a","\\u0075sername":"b"}'],
    ['with the same value', '{"a":1,"a":1}'],
    ['in an object in a list', '{"a":[{"b":1,"b":2}]}'],
    ['under a name that objects already have', '{"__proto__":1,"__proto__":2}'],
    ['around a string that looks like JSON', '{"a":"{\\"a\\":1}","a":2}'],
  ])('that names a member twice %s is refused', (_case, body) =>
    expect(refusal(body)).toMatchObject({ said: { code: 'invalid_request' }, status: 400 }),
  );

  test.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['half an object', '{"a":'],
    ['two objects', '{}{}'],
    ['a comma too many', '{"a":1,}'],
    ['single quotes', "{'a':1}"],
    ['a comment', '{"a":1/* */}'],
    ['a byte order mark', '\ufeff{}'],
    ['NaN', '{"a":NaN}'],
    ['a raw line break in a string', '{"a":"\n"}'],
    ['a form', 'username=a&password=b'],
    ['a list', '[]'],
    ['a list of objects', '[{"a":1}]'],
    ['a string', '"a"'],
    ['a number', '1'],
    ['null', 'null'],
    ['true', 'true'],
  ])('that is %s is refused', (_case, body) =>
    expect(refusal(body)).toMatchObject({ said: { code: 'invalid_request' }, status: 400 }),
  );

  test('is never repeated by its refusal, nor by what the log gets of it', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 5, maxLength: 200 }), (text) => {
        const secret = `hunter2${text}`;
        for (const body of [secret, `{"${secret}":`, `["${secret}"]`, `{"a":1,"a":"${secret}"`]) {
          const { message, said } = refusal(body);
          expect(`${message} ${JSON.stringify(said)} ${String(said.cause)}`).not.toContain(
            'hunter2',
          );
        }
      }),
    ));

  test.each([1000, 5000, 16_000])('nested %i lists deep is no fault', (depth) => {
    expect(parse(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toHaveProperty('a');
  });

  test.each([
    ['of 5000 nested objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['of 6000 members', `{${Array.from({ length: 6000 }, (_, at) => `"${at}":1`).join(',')}}`],
    ['of one long string', `{"a":"${'\\"'.repeat(30_000)}"}`],
  ])('%s is no fault', (_case, body) => expect(parse(body)).toBeTypeOf('object'));

  test('has at most 65536 bytes', () => {
    const ofBytes = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect(parse(ofBytes(65_536))).toHaveProperty('a');
    expect(refusal(ofBytes(65_537)).message).toBe('The body is too large');
    expect(refusal(`{"a":"${'é'.repeat(40_000)}"}`).message).toBe('The body is too large');
    expect(refusal(ofBytes(1_000_000)).message).toBe('The body is too large');
  });
});

describe('the media type', () => {
  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    ' application/json ;a=b',
  ])('%j is JSON', (type) => expect(parse('{}', { 'Content-Type': type })).toEqual({}));

  test.each([
    undefined,
    '',
    'text/plain',
    'text/json',
    'application/json5',
    'application/problem+json',
    'application/json,text/plain',
    'multipart/form-data',
    '; application/json',
  ])('%j is not', (type) =>
    expect(refusal('{}', type === undefined ? {} : { 'content-type': type }).message).toBe(
      'The content type must be application/json',
    ),
  );
});

describe('a request', () => {
  test('has its header names in lower case, its body decoded, and its query parsed', () => {
    const read = readRequest(
      request('POST /logout', {
        headers: { 'X-KEY': 'k', 'Content-Type': 'text/plain' },
        body: 'é',
        base64: true,
        query: 'a=1&a=2&b=%20',
      }),
    );
    expect(read).toMatchObject({
      route: 'POST /logout',
      headers: { 'x-key': 'k' },
      body: 'é',
      ip: '192.0.2.1',
    });
    expect(read.query.getAll('a')).toEqual(['1', '2']);
    expect(mediaType(read)).toBe('text/plain');
  });

  test('without a body has an empty one', () =>
    expect(readRequest(request('GET /x')).body).toBe(''));

  test('takes two spellings of one header as one that was sent twice', () => {
    expect(lowerCased({ 'X-Key': 'a', 'x-key': 'b', accept: 'c' })).toEqual({
      'x-key': 'a,b',
      accept: 'c',
    });
  });

  test('keeps a header named like what objects have as a header', () => {
    const read = readRequest(request('GET /x', { headers: JSON.parse('{"__proto__":"x"}') }));
    expect(Object.keys(read.headers)).toEqual(['__proto__']);
    expect(read.headers['authorization']).toBeUndefined();
  });
});
