/**
 * Writes the types of the API, as far as the console calls it, made from our own OpenAPI document: `npm run types -w console`.
 *
 * @module
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapi, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { DOCUMENT } from '../../lib/compose/document.ts';

export const TYPES_FILE: string = join(import.meta.dirname, '../app/openapi.d.ts');

/** What the console calls. */
const CALLED = /^\/admin\/api\/|^\/api\/v1\/helpdesk\/api_key$/;

/** @returns The text that the file should have. */
export async function apiTypes(): Promise<string> {
  const paths = Object.entries(DOCUMENT.paths).filter(([path]) => CALLED.test(path));
  const document = { ...DOCUMENT, paths: Object.fromEntries(paths) };
  return astToString(await openapi(document as unknown as OpenAPI3, { alphabetize: true }));
}

if (import.meta.main) await writeFile(TYPES_FILE, await apiTypes());
