/**
 * Sources with every mutant inside, each behind a switch: the tree is loaded as it is, and one global says
 * which mutant is on. The mutants are Stryker's, and the calls left out of calls.ts.
 *
 * @module
 * @see https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators/
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { GUARD, type Guarded, guardCalls, withoutGuards } from './calls.ts';

export type Mutant = {
  /** Of its switch, in this run. */
  id: string;
  /** The same as long as its texts are, wherever they move within the file. */
  key: string;
  /** Path from the project's root. */
  file: string;
  /** Of its first line, from 1. */
  line: number;
  /** That line. */
  source: string;
  mutator: string;
  original: string;
  replacement: string;
};
export type Instrumented = { mutants: Mutant[]; code: ReadonlyMap<string, string> };

/** Our own leaves out the same calls, and those that are awaited. */
const EXCLUDED = ['CallExpression'];

const quiet = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => true,
  isErrorEnabled: () => true,
  isFatalEnabled: () => true,
  trace() {},
  debug() {},
  info() {},
  warn: console.warn,
  error: console.error,
  fatal: console.error,
};

export async function instrument(files: readonly string[]): Promise<Instrumented> {
  return instrumentTexts(new Map(files.map((file) => [file, readFileSync(file, 'utf8')])));
}

export async function instrumentTexts(texts: ReadonlyMap<string, string>): Promise<Instrumented> {
  const guarded = new Map<string, Guarded>();
  let calls = 0;
  for (const [file, text] of texts) {
    const result = guardCalls(text, calls);
    calls += result.calls.length;
    guarded.set(file, result);
  }
  const { files, mutants } = await new Instrumenter(quiet).instrument(
    [...guarded].map(([name, { text }]) => ({ name, content: text, mutate: true })),
    { plugins: null, excludedMutations: EXCLUDED, ignorers: [{ shouldIgnore }] },
  );
  const found = [
    ...mutants.filter(({ status }) => status !== 'Ignored').map((one) => ours(one, guarded)),
    ...[...guarded].flatMap(([file, result]) => leftOut(file, result)),
  ];
  return {
    code: new Map(files.map(({ name, content }) => [name, content])),
    mutants: keyed(found),
  };
}

type Unkeyed = Omit<Mutant, 'key'>;

function keyed(mutants: readonly Unkeyed[]): Mutant[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const { file, original, replacement } = mutant;
    const texts = [file, original, replacement].join('\n');
    const before = seen.get(texts) ?? 0;
    seen.set(texts, before + 1);
    const hash = createHash('sha256').update(`${texts}\n${before}`);
    return { ...mutant, key: hash.digest('base64url').slice(0, 12) };
  });
}

type Found = Awaited<ReturnType<Instrumenter['instrument']>>['mutants'][number];

function ours(found: Found, guarded: ReadonlyMap<string, Guarded>): Unkeyed {
  const { id, fileName: file, mutatorName: mutator, replacement = '', location } = found;
  const lines = (guarded.get(file)?.text ?? '').split('\n');
  const { start, end } = location;
  const text = lines.slice(start.line, end.line + 1);
  text[text.length - 1] = (text.at(-1) ?? '').slice(0, end.column);
  text[0] = (text[0] ?? '').slice(start.column);
  return {
    id,
    file,
    line: start.line + 1,
    source: onOneLine(lines[start.line] ?? ''),
    mutator,
    original: onOneLine(text.join('\n')),
    replacement: onOneLine(replacement),
  };
}

const leftOut = (file: string, { text, calls }: Guarded): Unkeyed[] =>
  calls.map(({ id, line, original }) => ({
    id,
    file,
    line,
    source: onOneLine(text.split('\n')[line - 1] ?? ''),
    mutator: 'CallLeftOut',
    original: onOneLine(original),
    replacement: ';',
  }));

const onOneLine = (text: string): string => withoutGuards(text).replaceAll(/\s+/g, ' ').trim();

/** The parts of Babel's nodes that are asked for here. */
type Named = { type?: string; name?: string; object?: Named };
type Called = Named & { callee?: Named; key?: Named; body?: Called };
type Path = { node: Called & { expression?: Called }; parent?: Called; listKey?: string };

/** What these are given is why, for our log. */
const TELLS_WHY =
  /^(?:Fault|dead|forbidden|invalid|invalidClient|invalidGrant|invalidToken|unavailable|untilUncontested)$/;

/** The guards themselves, and what only our log says: no caller sees the difference. */
function shouldIgnore(path: object): string | undefined {
  const { node, parent, listKey } = path as Path;
  if (node.callee?.name === GUARD) return 'a guard';
  // A statement, or a function that does nothing else.
  const called = node.expression?.callee ?? node.body?.callee;
  if (/^log[A-Z]/.test(called?.name ?? '') || called?.object?.name === 'console')
    return 'a log line';
  if (node.type !== 'StringLiteral' && node.type !== 'TemplateLiteral') return undefined;
  const isReason = parent?.type === 'ObjectProperty' && parent.key?.name === 'reason';
  const isTold = listKey === 'arguments' && TELLS_WHY.test(parent?.callee?.name ?? '');
  return isReason || isTold ? 'for the log' : undefined;
}
