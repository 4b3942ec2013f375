/**
 * The rules of CONTRIBUTING.md, where a thing goes, as functions of source texts, so that a test can show them bad
 * sources too. Each answers with its violations, one line a piece.
 *
 * Imports are found in the text, comments included: a rule that errs on that side is easily obeyed.
 *
 * @module
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

/** Path from the project's root to text. */
export type Sources = Readonly<Record<string, string>>;

export const readSources = (...folders: string[]): Sources =>
  Object.fromEntries(
    globSync(folders.map((folder) => `${folder}/**/*.ts`)).map((path) => [
      path,
      readFileSync(path, 'utf8'),
    ]),
  );

/** `import … from`, `export … from`, `import type`, side effects, and `import('…')` of any kind. */
const STATIC = /\b(?:import|export)\b(?:[^'"`;()]*?\bfrom\b)?\s*(['"])([^'"\n]+)\1/g;
const DYNAMIC = /\bimport\s*\(\s*(['"`])([^'"`\n$]+)\1\s*[,)]/g;
/** What loads a module under a name that cannot be read from the text. */
const HIDDEN =
  /\bimport\s*\(\s*(?!\s*['"`][^'"`\n$]+['"`]\s*[,)])|\brequire\s*\(|createRequire|getBuiltinModule/;

export const importsOf = (text: string): string[] =>
  [STATIC, DYNAMIC].flatMap((form) => [...text.matchAll(form)].map(([, , name = '']) => name));

const isOurs = (name: string): boolean => name.startsWith('.');
const targetOf = (path: string, name: string): string => join(dirname(path), name);

const ROWS: readonly (readonly [RegExp, number])[] = [
  [/^functions\/[^/]+\.ts$/, 7],
  [/^lib\/(compose|verify)\.ts$/, 6],
  [/^lib\/compose\//, 5],
  [/^lib\/openapi\//, 5],
  [/^lib\/(dialects|pages|admin)\//, 4],
  [/^lib\/oauth\//, 3],
  [/^lib\/access\//, 2],
  [/^lib\/(http|queue|store|tokens)\//, 1],
  [/^lib\/(errors|config|crypto)\.ts$/, 0],
];
const rowOf = (path: string): number | undefined => ROWS.find(([at]) => at.test(path))?.[1];
/** The files directly in lib/ are no folder of their own: each stands alone. */
const areNeighbours = (one: string, other: string): boolean =>
  dirname(one) === dirname(other) && dirname(one) !== 'lib';

export function rowViolations(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) => {
    const row = rowOf(path);
    if (row === undefined) return [`${path} is in no row`];
    const hidden = HIDDEN.test(text) ? [`${path} imports what cannot be read`] : [];
    const upwards = importsOf(text)
      .filter(isOurs)
      .map((name) => targetOf(path, name))
      .filter((target) => !((rowOf(target) ?? 8) < row || areNeighbours(path, target)))
      .map((target) => `${path} imports ${target}`);
    return [...hidden, ...upwards];
  });
}

const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^@middy\//, /^lib\/http\/endpoint\.ts$/],
  [
    /^@aws-sdk\/(client-dynamodb|util-dynamodb|lib-dynamodb)/,
    /^lib\/store\/(table|query|transaction)\.ts$/,
  ],
  [/^@aws-sdk\/client-secrets-manager/, /^lib\/tokens\/keyring\.ts$/],
  [/^@aws-sdk\/client-api-?gateway/, /^lib\/http\/gateway-caches\.ts$/],
  [/^jose(\/|$)/, /^lib\/tokens\//],
  // The documents are made by a build, so no function carries the converter.
  [/^@valibot\//, /^lib\/openapi\/json-schema\.ts$/],
  [/^(node:)?crypto$/, /^lib\/crypto\.ts$/],
  [/^(node:)?process$/, /^lib\/compose(\.ts$|\/)/],
  // Whatever else AWS or Smithy publish has no owner yet.
  [
    /^@(aws-sdk|smithy)\/(?!client-dynamodb|util-dynamodb|client-secrets-manager|client-sqs|client-api-?gateway)/,
    /^$/,
  ],
  [/^@aws-sdk\/client-sqs/, /^lib\/queue\/queue\.ts$/],
  [/^hono(\/|$)/, /^lib\/pages\//],
  [/^negotiator$/, /^lib\/(pages|http)\//],
];
/** Globals that give the same without an import. */
const GLOBALS: readonly (readonly [string, RegExp, RegExp])[] = [
  ['process.env', /\bprocess\s*(\??\.\s*(\[|env\b)|\[)|=\s*process\b/, /^lib\/compose(\.ts$|\/)/],
  ['crypto', /(?<![./\w'"-])crypto\s*(\.\s*(subtle|random|get)|\[)/, /^lib\/crypto\.ts$/],
  ['globalThis', /\b(globalThis|global)\s*(\.|\[)/, /^$/],
];

export function ownerViolations(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) => {
    const imported = importsOf(text).filter((name) =>
      OWNERS.some(([thing, owner]) => thing.test(name) && !owner.test(path)),
    );
    const used = GLOBALS.filter(([, use, owner]) => use.test(text) && !owner.test(path));
    return [...imported, ...used.map(([name]) => name)].map((name) => `${path} uses ${name}`);
  });
}

const LOCAL_BRANCH =
  /NODE_ENV|AWS_ENDPOINT_URL|AWS_SAM_LOCAL|IS_OFFLINE|LATCHKEY_|\bif\s*\(\s*!?\s*(is|in)?_?(local|offline|dev|test|prod)/i;

export const localBranches = (sources: Sources): string[] =>
  Object.keys(sources).filter((path) => LOCAL_BRANCH.test(sources[path] ?? ''));

const MAX_LINES = 200;

export const longFiles = (sources: Sources): string[] =>
  Object.entries(sources)
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`);

/** Each cycle once, as the path that closes it. */
export function cycles(sources: Sources): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const index = trail.indexOf(path);
    if (index !== -1) found.push([...trail.slice(index), path].join(' -> '));
    if (index !== -1 || done.has(path)) return;
    for (const name of importsOf(sources[path] ?? '').filter(isOurs))
      visit(targetOf(path, name), [...trail, path]);
    done.add(path);
  };
  for (const path of Object.keys(sources)) visit(path, []);
  return found;
}

const PATCHED = /\bvi\s*\.\s*(mock|doMock|hoisted|stubGlobal|mocked|importMock)\b/;

export const patchedModules = (sources: Sources): string[] =>
  Object.keys(sources).filter((path) => PATCHED.test(sources[path] ?? ''));
