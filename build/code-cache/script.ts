/**
 * How a bundle is compiled, and what a cache of its code was made for: by these alone it is made and used.
 *
 * V8's own check of a cache is not relied on: it has taken one of another build, and crashed by it.
 *
 * @module
 * @see docs/adr/0043-code-cache.md
 */
import { hash } from 'node:crypto';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

/** A function of what Node gives to each CommonJS module. */
export function scriptOf(bundle: Buffer, filename: string, cachedData?: Buffer): Script {
  const code = `(function (exports, require, module, __filename, __dirname) {${bundle}\n})`;
  return new Script(code, cachedData ? { filename, cachedData } : { filename });
}

/** One is for another where a letter differs. V8's tag stands for its flags and the processor's features. */
export const statementOf = (bundle: Buffer, cache: Buffer): string =>
  JSON.stringify({
    version: process.version,
    platform: process.platform,
    architecture: process.arch,
    tag: cachedDataVersionTag(),
    bundle: hash('sha256', bundle),
    cache: hash('sha256', cache),
  });

/** Beside each other in the zip. @param entry - Without its `.js`. */
export const filesBeside = (entry: string) => ({
  bundle: `${entry}.bundle.js`,
  cache: `${entry}.cache`,
  statement: `${entry}.cache.json`,
});
