/** Which fields of the root types an operation calls: all of them, whatever is put around them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rootFields } from '../../../lib/faces/authorizer/graphql.ts';

const named = (document: string) =>
  rootFields(document)?.map(({ type, field }) => `${type}.${field}`);

describe('the root fields of a document', () => {
  test.each<[string, string[]]>([
    ['{ books }', ['Query.books']],
    ['query { books authors }', ['Query.books', 'Query.authors']],
    [
      'query Named($a: [Int!]! = [1, 2], $b: In = {x: {y: "}"}}) @d(a: {b: 1}) { books }',
      ['Query.books'],
    ],
    ['mutation M { add(input: {title: "} mutation { evil }"}) { id } }', ['Mutation.add']],
    ['subscription S { added { id } }', ['Subscription.added']],
    ['{ mine: books { title: name } }', ['Query.books']],
    [
      '{ books(first: 1, after: "x") @include(if: true) { edges { node { id } } } authors }',
      ['Query.books', 'Query.authors'],
    ],
    [
      '{ ... { books } ... on Query { authors } ... @skip(if: false) { tags } }',
      ['Query.books', 'Query.authors', 'Query.tags'],
    ],
    [
      '{ ...F } fragment F on Query { books ...G } fragment G on Query { authors ...F }',
      ['Query.books', 'Query.authors'],
    ],
    [
      'fragment F on Query { books } { ...F @include(if: true) tags }',
      ['Query.tags', 'Query.books'],
    ],
    ['{ books { ...F } } fragment F on Book { secret }', ['Query.books']],
    ['query A { books } mutation B { add }', ['Query.books', 'Mutation.add']],
    ['{ # café \u{1f600} }\n books }', ['Query.books']],
    ['{ # } evil {\n books # x\r authors }', ['Query.books', 'Query.authors']],
    ['{ books(note: """a "quote" \\""" } evil {""") authors }', ['Query.books', 'Query.authors']],
    ['{ books(note: "\\"} evil {\\\\") authors }', ['Query.books', 'Query.authors']],
    ['{ books(note: """one\n} evil {\n "two" """) authors }', ['Query.books', 'Query.authors']],
    ['{ books(note: """""") authors(at: -1.5e+3, to: "") }', ['Query.books', 'Query.authors']],
    ['\uFEFF{,books,,authors,}', ['Query.books', 'Query.authors']],
    ['{ __typename __schema { types { name } } }', ['Query.__typename', 'Query.__schema']],
    ['{ constructor __proto__ }', ['Query.constructor', 'Query.__proto__']],
    [
      '{ on query mutation fragment }',
      ['Query.on', 'Query.query', 'Query.mutation', 'Query.fragment'],
    ],
  ])('%s', (document, fields) => expect(named(document)).toEqual(fields));

  test.each([
    ['an open brace', '{ books'],
    ['a brace too many', '{ books } }'],
    ['brackets that cross', '{ books(a: [1)] }'],
    ['an open string', '{ books(a: ") evil }'],
    ['an open block string', '{ books(a: """) evil }'],
    ['a sign that is no GraphQL', '{ books; evil }'],
    ['a word that is no operation', 'schema { query: Query }'],
    ['an extension', 'extend type Query { books: Int }'],
    ['a string for a field', '{ "books" }'],
    ['a number for a field', '{ 1 }'],
    ['a fragment twice', '{ ...F } fragment F on Query { a } fragment F on Query { b }'],
    ['a comment that ends at U+2028 for some parsers', '{ books #\u2028 evil\n }'],
    [
      'one that ends at U+2029, and a string that would hide the rest',
      '{ a #\u2029 """\n evil #"""\n }',
    ],
    ['a comment with a next-line sign', '{ books #\u0085 evil\n }'],
    ['a comment with a form feed', '{ books #\f evil\n }'],
    ['a blank that is none in GraphQL', '{ books\u00a0evil }'],
    ['only a word', 'query'],
    ['words without braces', 'mutation evil'],
    ['nothing but a closing', '}'],
  ])('are unknown for %s', (_case, document) => expect(named(document)).toBeUndefined());

  test.each(['', '   ', '# nothing', 'fragment F on Query { books }', '{ ...Missing }'])(
    'are none for %j',
    (document) => expect(named(document)).toEqual([]),
  );

  const name = fc.constantFrom('a', 'b', 'on', 'query', '_x', 'constructor', 'Mutation');
  const gap = fc.constantFrom(' ', ', ', '\n', ' #}{\n', '\t', '\uFEFF ');
  const value = fc.constantFrom(
    '1',
    '-1.5e3',
    '"}"',
    '"\\""',
    '"""}"""',
    '[1 2]',
    '{x: "{"}',
    '$v',
    'ON',
    'null',
  );
  const args = fc.option(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 2 }));
  const written = (given: [string, string][] | null) =>
    given ? `(${given.map(([key, one]) => `${key}: ${one}`).join(', ')})` : '';
  const { selection } = fc.letrec<{
    selection: { text: string; fields: string[] };
    part: { text: string; fields: string[] };
  }>((tie) => ({
    selection: fc
      .tuple(fc.array(tie('part'), { minLength: 1, maxLength: 3 }), gap)
      .map(([parts, space]) => ({
        text: `{${space}${parts.map(({ text }) => text).join(space)}${space}}`,
        fields: parts.flatMap(({ fields }) => fields),
      })),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(fc.option(name), name, args).map(([alias, field, given]) => ({
        text: `${alias ? `${alias}: ` : ''}${field}${written(given as [string, string][] | null)}`,
        fields: [field],
      })),
      fc.tuple(name, args, tie('selection')).map(([field, given, { text }]) => ({
        text: `${field}${written(given as [string, string][] | null)} @d(if: $x) ${text}`,
        fields: [field],
      })),
      fc
        .tuple(fc.constantFrom('... ', '... on Query ', '...@d(a: {b: 1}) '), tie('selection'))
        .map(([spread, { text, fields }]) => ({ text: spread + text, fields })),
    ),
  }));

  test('are exactly those that were written, for documents of any shape', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          ['', 'Query'],
          ['query Q', 'Query'],
          ['mutation ($v: T = {a: "}"})', 'Mutation'],
        ),
        selection,
        ([operation, type], { text, fields }) => {
          const found = named(`${operation} ${text}`);
          expect(new Set(found)).toEqual(new Set(fields.map((field) => `${type}.${field}`)));
        },
      ),
    ));

  test('take no long time for long texts', () => {
    const texts = [
      '{'.repeat(20_000),
      '"""'.repeat(20_001),
      '{a(b:"'.repeat(5000),
      '{...on A{'.repeat(5000),
    ];
    const started = performance.now();
    for (const text of texts) rootFields(text);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
