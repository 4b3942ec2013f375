/**
 * The mutator that Stryker's set lacks: a call made for its effect, awaited or not, is left out. Each such
 * statement gets a guard before Stryker sees the text, on its own line, so line numbers stay.
 *
 * @module
 */
import { parseAst } from 'vitest/node';

/** A call that can be left out, and the line it begins on, from 1. */
type GuardedCall = { id: string; line: number; original: string };
export type Guarded = { text: string; calls: GuardedCall[] };

/** Installed by the worker's runner; answers whether the call is made. */
export const GUARD = 'keepsCall';
const GUARDS = new RegExp(String.raw`if \(${GUARD}\(["']c\d+["']\)\)\s+|\s+else\s*;`, 'g');
const LOGGED = /^(?:await\s+)?(?:log[A-Z]\w*|console\.\w+)\(/;

/** @param firstId - Ids are numbered from here: they are unique over all files of a run. */
export function guardCalls(text: string, firstId: number): Guarded {
  const statements = callStatements(text);
  const calls: GuardedCall[] = [];
  // The guard's own else keeps it from taking that of an if around it.
  const parts = statements.flatMap(([from, to], index) => [
    { at: from, text: `if (${GUARD}('c${firstId + index}')) ` },
    { at: to, text: ' else;' },
  ]);
  let guarded = text;
  for (const part of parts.sort((one, other) => other.at - one.at))
    guarded = guarded.slice(0, part.at) + part.text + guarded.slice(part.at);
  for (const [index, [from, to]] of statements.entries()) {
    const line = text.slice(0, from).split('\n').length;
    calls.push({ id: `c${firstId + index}`, line, original: text.slice(from, to) });
  }
  return { text: guarded, calls };
}

/** A text that may hold guards, as it was written. */
export const withoutGuards = (text: string): string => text.replaceAll(GUARDS, '');

type Node = { type: string; start: number; end: number; expression?: Node; argument?: Node };

/** From and to of each, in order; a statement in another's callback comes after it. */
function callStatements(text: string): [number, number][] {
  const found: [number, number][] = [];
  visit(parseAst(text, { lang: 'ts' }) as unknown as Node, (node) => {
    if (node.type !== 'ExpressionStatement' || !node.expression) return;
    const { type, argument } = node.expression;
    const called = type === 'AwaitExpression' ? argument?.type : type;
    if (called !== 'CallExpression') return;
    if (!LOGGED.test(text.slice(node.start, node.end))) found.push([node.start, node.end]);
  });
  return found.sort(([one], [other]) => one - other);
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  if (typeof value !== 'object' || value === null || !('type' in value)) return;
  see(value as Node);
  for (const child of Object.values(value)) visit(child, see);
}
