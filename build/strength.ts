/**
 * The script of the pages on which a password is set (lib/faces/pages/shell/strength.ts), as a file to be
 * served: bundled with what it imports, and compressed once.
 *
 * It is 463 KB, 214 KB as it is sent; nearly all of it are the words that are guessed first.
 *
 * @module
 */
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import type { CompressedFile } from '../lib/http/compressed-file.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ENTRY = 'lib/faces/pages/shell/strength.ts';

export type BuiltScript = { file: CompressedFile; watchFiles: string[] };

/** @throws esbuild's BuildFailure. */
export async function buildStrength(): Promise<BuiltScript> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    globalName: 'passwordStrength',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
  });
  const text = outputFiles[0]?.contents ?? new Uint8Array();
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(text, { params }),
    promisify(gzip)(text, { level: 9 }),
  ]);
  const file = {
    type: 'text/javascript; charset=utf-8',
    br: br.toString('base64'),
    gzip: zipped.toString('base64'),
  };
  return { file, watchFiles: Object.keys(metafile.inputs).map((path) => resolve(ROOT, path)) };
}
