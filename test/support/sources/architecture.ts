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
export const STATIC = /\b(?:import|export)\b(?:[^'"`;()]*?\bfrom\b)?\s*(['"])([^'"\n]+)\1/g;
export const DYNAMIC = /\bimport\s*\(\s*(['"`])([^'"`\n$]+)\1\s*[,)]/g;
/** What loads a module under a name that cannot be read from the text. */
const HIDDEN =
  /\bimport\s*\(\s*(?!\s*['"`][^'"`\n$]+['"`]\s*[,)])|\brequire\s*\(|createRequire|getBuiltinModule/;

export const importsOf = (text: string): string[] =>
  [STATIC, DYNAMIC].flatMap((form) => [...text.matchAll(form)].map(([, , name = '']) => name));

export const isOurs = (name: string): boolean => name.startsWith('.');
export const targetOf = (path: string, name: string): string => join(dirname(path), name);

const ROWS: readonly (readonly [RegExp, number])[] = [
  [/^functions\/[^/]+\.ts$/, 13],
  [/^lib\/(middy|testing)\.ts$/, 13],
  [/^lib\/(compose\/[^/]+|verify)\.ts$/, 12],
  [/^lib\/faces\/(admin|appmixer|authorizer|console|faveo|oauth|webitel)\/[^/]+\.ts$/, 11],
  [/^lib\/faces\/pages\/(account|front|mail|recovery|shell|sign-in)\/[^/]+\.ts$/, 11],
  [/^lib\/(oauth\/[^/]+|mail)\/[^/]+\.ts$/, 10],
  [/^lib\/account\/[^/]+\.ts$/, 9],
  [/^lib\/(manage\/[^/]+|browser)\/[^/]+\.ts$/, 8],
  [/^lib\/sign-in\/[^/]+\.ts$/, 7],
  [/^lib\/(guard|authority|events|sign-in\/hashes)\/[^/]+\.ts$/, 6],
  [/^lib\/(verdict|events\/kinds)\/[^/]+\.ts$/, 5],
  [/^lib\/(store\/(directory|events|named|sessions|spread|reads)|store|tokens)\/[^/]+\.ts$/, 4],
  [/^lib\/(aws|http|openapi)\/[^/]+\.ts$/, 3],
  [/^lib\/(config|log|metrics)\.ts$/, 2],
  [/^lib\/(errors|setting-values)\.ts$/, 1],
  [
    /^lib\/(crypto|json-line|key-derivation|log-line|mail-message|products|rules|time|utf8)\.ts$/,
    0,
  ],
];
const TOP = 14;
const rowOf = (path: string): number | undefined => ROWS.find(([at]) => at.test(path))?.[1];

/** Within these, rooms see each other, as long as they form no circle; two faces or tools do not. */
const HOUSES = /^lib\/(oauth|manage|store|faces\/pages)\//;
/** The files directly in lib/ are no folder of their own: each stands alone. */
const roomOf = (path: string): string => (dirname(path) === 'lib' ? path : dirname(path));
const houseOf = (path: string): string => HOUSES.exec(path)?.[0] ?? roomOf(path);
const areNeighbours = (one: string, other: string): boolean =>
  one !== other && houseOf(one) === houseOf(other) && houseOf(one) !== 'functions';

export function rowViolations(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) => {
    const row = rowOf(path);
    if (row === undefined) return [`${path} is in no row`];
    const hidden = HIDDEN.test(text) ? [`${path} imports what cannot be read`] : [];
    const upwards = importsOf(text)
      .filter(isOurs)
      .map((name) => targetOf(path, name))
      .filter((target) => !((rowOf(target) ?? TOP) < row || areNeighbours(path, target)))
      .map((target) => `${path} imports ${target}`);
    return [...hidden, ...upwards];
  });
}

const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^@middy\//, /^lib\/http\/endpoint\.ts$/],
  [
    /^@aws-sdk\/(client-dynamodb|util-dynamodb|lib-dynamodb)/,
    /^lib\/aws\/(table|query|snapshot|transaction)\.ts$/,
  ],
  [/^@aws-sdk\/client-secrets-manager/, /^lib\/aws\/secret\.ts$/],
  [/^@aws-sdk\/client-api-?gateway/, /^lib\/aws\/gateway-caches\.ts$/],
  [/^@aws-sdk\/client-sqs/, /^lib\/aws\/queue\.ts$/],
  [/^@aws-sdk\/client-eventbridge/, /^lib\/aws\/bus\.ts$/],
  [/^@aws-sdk\/client-s3/, /^lib\/aws\/bucket\.ts$/],
  [/^@aws-sdk\/client-kms/, /^lib\/aws\/signer\.ts$/],
  [/^@aws-sdk\/client-sesv2/, /^lib\/aws\/mail\.ts$/],
  [/^@aws-sdk\/client-cloudwatch$/, /^lib\/aws\/(metric-store|alarms)\.ts$/],
  [/^@aws-sdk\/client-cloudwatch-logs$/, /^lib\/aws\/log-store\.ts$/],
  // Whatever else AWS or Smithy publish has no owner yet.
  [
    /^@(aws-sdk|smithy)\/(?!client-(dynamodb|secrets-manager|sqs|api-?gateway|eventbridge|s3|kms|sesv2|cloudwatch(-logs)?$)|util-dynamodb)/,
    /^$/,
  ],
  [/^jose(\/|$)/, /^lib\/tokens\//],
  // The documents are made by a build, so no function carries the converter.
  [/^@valibot\//, /^lib\/openapi\/json-schema\.ts$/],
  [/^(node:)?crypto$/, /^lib\/(crypto|key-derivation)\.ts$/],
  [/^bcryptjs$/, /^lib\/sign-in\/hashes\/bcrypt\.ts$/],
  [/^(node:)?process$/, /^lib\/compose\//],
  [/^nodemailer(\/|$)/, /^lib\/http\/(mime|smtp)\.ts$/],
  [/^hono(\/|$)/, /^lib\/faces\/pages\//],
  [/^@zxcvbn-ts\//, /^lib\/faces\/pages\/shell\/strength\.ts$/],
  [/^bowser$/, /^lib\/faces\/pages\/account\/device\.ts$/],
  [/^negotiator$/, /^lib\/(faces\/pages|http)\//],
];
/** Globals that give the same without an import. */
const GLOBALS: readonly (readonly [string, RegExp, RegExp])[] = [
  // A log line is written before anything is composed, if need be.
  [
    'process.env',
    /\bprocess\s*(\??\.\s*(\[|env\b)|\[)|=\s*process\b/,
    /^lib\/(compose\/|log-line\.ts$)/,
  ],
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

/** Whoever audits the promise reads these files, and what they read is in the store. */
const VERDICT_MAY = /^(lib\/store\/|lib\/verdict\/|lib\/(crypto|time)\.ts$|lib\/aws\/tables\.ts$)/;

/** The heart knows no HTTP, no log, no token, no vendor and not even our refusals. */
export const verdictViolations = (sources: Sources): string[] =>
  Object.entries(sources)
    .filter(([path]) => path.startsWith('lib/verdict/'))
    .flatMap(([path, text]) =>
      importsOf(text)
        .map((name) => (isOurs(name) ? targetOf(path, name) : name))
        .filter((target) => !VERDICT_MAY.test(target))
        .map((target) => `${path} imports ${target}`),
    );

const LOCAL_BRANCH =
  /NODE_ENV|AWS_ENDPOINT_URL|AWS_SAM_LOCAL|IS_OFFLINE|LATCHKEY_|\bif\s*\(\s*!?\s*(is|in)?_?(local|offline|dev|test|prod)/i;

export const localBranches = (sources: Sources): string[] =>
  Object.keys(sources).filter((path) => LOCAL_BRANCH.test(sources[path] ?? ''));

const MAX_LINES = 200;
/** An entry point is a composed service and route tables. */
const MAX_LINES_OF_A_DOOR = 40;
/** A list of names, one a line, in which nobody reads. */
const LIST = 'lib/rules.ts';
const maxLinesOf = (path: string): number => {
  if (path === LIST) return Number.POSITIVE_INFINITY;
  return path.startsWith('functions/') ? MAX_LINES_OF_A_DOOR : MAX_LINES;
};

export const longFiles = (sources: Sources): string[] =>
  Object.entries(sources)
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > maxLinesOf(path))
    .map(({ path, lines }) => `${path} has ${lines} lines`);

type Graph = ReadonlyMap<string, Iterable<string>>;

/** Each cycle of files once, as the path that closes it. */
export const cycles = (sources: Sources): string[] =>
  cyclesIn(new Map(Object.keys(sources).map((path) => [path, targetsOf(path, sources)])));

/** The same of rooms: of two, one at most knows the other. */
export function roomCycles(sources: Sources): string[] {
  const graph = new Map<string, Set<string>>();
  for (const path of Object.keys(sources)) {
    const room = roomOf(path);
    const seen = graph.get(room) ?? new Set();
    for (const target of targetsOf(path, sources))
      if (roomOf(target) !== room) seen.add(roomOf(target));
    graph.set(room, seen);
  }
  return cyclesIn(graph);
}

const targetsOf = (path: string, sources: Sources): string[] =>
  importsOf(sources[path] ?? '')
    .filter(isOurs)
    .map((name) => targetOf(path, name));

function cyclesIn(graph: Graph): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const index = trail.indexOf(path);
    if (index !== -1) found.push([...trail.slice(index), path].join(' -> '));
    if (index !== -1 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

const PATCHED = /\bvi\s*\.\s*(mock|doMock|hoisted|stubGlobal|mocked|importMock)\b/;

export const patchedModules = (sources: Sources): string[] =>
  Object.keys(sources).filter((path) => PATCHED.test(sources[path] ?? ''));
