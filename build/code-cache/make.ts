/**
 * Makes the code cache of one bundle, in the Node and under the flags that are to use it:
 *
 *   node <flags> build/code-cache/make.ts <entry without .js>
 *
 * All functions are compiled, and none is run: what a first call needs is in the cache, without a call.
 *
 * Out:    what it was made for, as JSON
 * Errors: where V8 has other flags afterwards than before, for which the cache would be.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cachedDataVersionTag, setFlagsFromString } from 'node:v8';
import { filesBeside, scriptOf, statementOf } from './script.ts';

const files = filesBeside(process.argv[2] ?? '');
const bundle = readFileSync(files.bundle);
// As each function does: build/functions.ts.
setFlagsFromString('--no-expose-gc');
const tag = cachedDataVersionTag();

setFlagsFromString('--no-lazy');
const script = scriptOf(bundle, files.bundle);
setFlagsFromString('--lazy');
if (cachedDataVersionTag() !== tag) throw new Error(`V8 has other flags than it was started with`);

const cache = script.createCachedData();
const statement = statementOf(bundle, cache);
writeFileSync(files.cache, cache);
writeFileSync(files.statement, statement);
process.stdout.write(statement);
