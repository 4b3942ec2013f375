/**
 * Stands in a zip in place of a bundle, and runs the one beside it: from V8's code cache if that was made
 * for exactly this Node, these flags and this bundle, and as always if not.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { filesBeside, scriptOf, statementOf } from './script.ts';

const files = filesBeside(__filename.replace(/\.js$/, ''));

function compiled() {
  try {
    const bundle = readFileSync(files.bundle);
    const cache = readFileSync(files.cache);
    if (readFileSync(files.statement, 'utf8') !== statementOf(bundle, cache)) return undefined;
    return scriptOf(bundle, files.bundle, cache);
  } catch {
    return undefined;
  }
}

const script = compiled();
if (script) {
  const run: typeof runAsModule = script.runInThisContext();
  run.call(module.exports, module.exports, require, module, files.bundle, __dirname);
} else {
  module.exports = require(files.bundle);
}

/** The shape of what a script makes. */
declare function runAsModule(
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
): void;
