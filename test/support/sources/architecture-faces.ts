/**
 * The rules of what is outermost: what a face may use, where a product may be named, and what a build may
 * leave out. As in architecture.ts, each answers with its violations.
 *
 * @module
 */
import { DYNAMIC, isOurs, type Sources, STATIC, targetOf } from './architecture.ts';

const TYPE_ONLY = /^(import|export)\s+type\s+(?!from\b)/;
/** Those that are there when the code runs, too. */
const valuesOf = (text: string): string[] => [
  ...[...text.matchAll(STATIC)]
    .filter(([whole]) => !TYPE_ONLY.test(whole))
    .map(([, , at = '']) => at),
  ...[...text.matchAll(DYNAMIC)].map(([, , at = '']) => at),
];

/** A face shows what a rule has found; of a store or a tool of AWS it knows the types alone. */
export const faceViolations = (sources: Sources): string[] =>
  Object.entries(sources)
    .filter(([path]) => path.startsWith('lib/faces/'))
    .flatMap(([path, text]) =>
      valuesOf(text)
        .filter(isOurs)
        .map((name) => targetOf(path, name))
        .filter((target) => /^lib\/(store|aws)\//.test(target))
        .map((target) => `${path} uses ${target}`),
    );

/** Each product, and where it may be named beside its own face: the wiring, and the list of them. */
const PRODUCTS: readonly (readonly [RegExp, RegExp])[] = [
  [/webitel/i, /^lib\/faces\/webitel\//],
  [/faveo/i, /^lib\/faces\/faveo\//],
  [/appmixer/i, /^lib\/faces\/appmixer\//],
  // It has no shapes of its own: only another name of the token endpoint.
  [/mluvii/i, /^lib\/faces\/oauth\//],
];
const ALL_PRODUCTS = /^(functions\/|lib\/compose\/|lib\/(config|products)\.ts$)/;
/** Members of the item and of the admin API, by which callers and tables know these settings. */
const SETTINGS = /\bfaveoApiKey(Mandatory)?\b/g;
const COMMENTS = /\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm;

export const productViolations = (sources: Sources): string[] =>
  Object.entries(sources)
    .filter(([path]) => !ALL_PRODUCTS.test(path))
    .flatMap(([path, text]) => {
      const code = text.replace(COMMENTS, '').replace(SETTINGS, '');
      return PRODUCTS.filter(([name, home]) => name.test(code) && !home.test(path)).map(
        ([name]) => `${path} names ${name.source}`,
      );
    });

/** A build leaves out what nobody uses (`sideEffects` in package.json), and with it what this would load. */
export const loadedForEffect = (sources: Sources): string[] =>
  Object.entries(sources).flatMap(([path, text]) =>
    [...text.matchAll(STATIC)]
      .filter(([whole]) => /^import\s*['"]/.test(whole))
      .map(([, , name = '']) => `${path} imports ${name} for its effect`),
  );
