/** The names of refusals: each is used, and stands for one sentence. */
import { describe, expect, test } from 'vitest';
import { RULES } from '../lib/rules.ts';
import { readSources } from './support/sources/architecture.ts';

const { 'lib/rules.ts': _, ...shipped } = readSources('functions', 'lib');
const sources = Object.values(shipped).join('\n');
const isRule = (name: string): boolean => RULES.some((rule) => rule === name);

/** A name and its text, as a call or as members; a template is one sentence, whatever is put into it. */
const SAID =
  /'([a-z]+(?:-[a-z]+)+)',\s*(?:field,\s*)?(?:text: )?('(?:[^'\\]|\\.)*'|`[^`]*`|(?!reason\b)[A-Za-z]+\b)/g;
const said = [...sources.matchAll(SAID)]
  .map(([, rule = '', text = '']) => ({ rule, text }))
  .filter(({ rule }) => isRule(rule));
const textsOf = (rule: string) => said.filter((one) => one.rule === rule).map(({ text }) => text);

/** Of what does not fit a schema: the schema's own text says how long, or which. */
const KINDS = [
  'field-empty',
  'field-too-long',
  'field-out-of-range',
  'field-malformed',
  'field-wrong-type',
];

describe('the rule', () => {
  test.each(RULES)('%s is the name of one sentence', (rule) => {
    if (KINDS.includes(rule)) expect(sources).toContain(`'${rule}'`);
    else expect([...new Set(textsOf(rule))]).toHaveLength(1);
  });
});

test('no sentence has two names', () => {
  const shared = said.filter(({ rule, text }) =>
    said.some((other) => other.text === text && other.rule !== rule),
  );
  expect(shared).toEqual([]);
});

test('each name stands in the list once, in the order of the alphabet', () =>
  expect([...new Set(RULES)].sort()).toEqual([...RULES]));
