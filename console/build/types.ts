/**
 * Writes the types of the admin API, made from our own OpenAPI document: `npm run types -w console`.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapi, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { DOCUMENT } from '../../lib/compose/document.ts';

export const TYPES_FILE: string = join(import.meta.dirname, '../app/openapi.d.ts');

/** Of whatever the console calls. */
const CALLED = '/admin/api/';

/** @returns The text that the file should have. */
export async function apiTypes(): Promise<string> {
  const paths = Object.entries(DOCUMENT.paths).filter(([path]) => path.startsWith(CALLED));
  const document = { ...DOCUMENT, paths: Object.fromEntries(paths) };
  return astToString(await openapi(document as unknown as OpenAPI3, { alphabetize: true }));
}

if (import.meta.main) await writeFile(TYPES_FILE, await apiTypes());
