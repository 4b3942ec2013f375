/**
 * How a build hands on the list of leaked passwords (lib/manage/users/leaked-list.ts): to a function as a
 * file beside its bundle, which is read when it is asked for the first time; to the command line inside it.
 *
 * @module
 */
import { copyFile, readFile, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const LIST = resolve(import.meta.dirname, '../lib/manage/users/leaked-passwords.bin');
const MODULE = /\/lib\/manage\/users\/leaked-list\.ts$/;

export const LEAKED_FILE = 'leaked-passwords.bin';

/** Renamed into place, since a running local stack may be reading it. */
export async function copyLeakedList(outdir: string): Promise<void> {
  const place = join(outdir, LEAKED_FILE);
  await copyFile(LIST, `${place}.${process.pid}`);
  await rename(`${place}.${process.pid}`, place);
}

const BESIDE = `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
export const readLeakedList = () => readFileSync(join(__dirname, '${LEAKED_FILE}'));`;

export const leakedListBeside: Plugin = {
  name: 'leaked-list-beside',
  setup({ onLoad }) {
    onLoad({ filter: MODULE }, () => ({ contents: BESIDE, resolveDir: dirname(LIST) }));
  },
};

export const leakedListInside: Plugin = {
  name: 'leaked-list-inside',
  setup({ onLoad }) {
    onLoad({ filter: MODULE }, async () => {
      const text = await readFile(LIST, 'base64');
      const contents = `export const readLeakedList = () => Buffer.from('${text}', 'base64');`;
      return { contents, watchFiles: [LIST] };
    });
  },
};
