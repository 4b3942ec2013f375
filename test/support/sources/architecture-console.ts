/**
 * The rule of the console, a program of its own: a folder imports itself and `app/`, and nothing knows of the
 * service more than the types of its API and the colours of its pages.
 *
 * @module
 */
import { globSync, readFileSync } from 'node:fs';
import { importsOf, isOurs, type Sources, targetOf } from './architecture.ts';

export const readConsole = (): Sources =>
  Object.fromEntries(
    globSync('console/**/*.{ts,tsx}', { exclude: ['node_modules'] }).map((path) => [
      path,
      readFileSync(path, 'utf8'),
    ]),
  );

/** What makes the files: it runs in Node, and is no part of them. */
const BUILD = 'console/build/';
const OF_THE_SERVICE = ['lib/compose/document.ts', 'lib/faces/pages/shell/palette.ts'];
/** How the command line reads a description, and what the service says of colours: they import nothing else of it. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  'console/app': ['lib/faces/pages/shell/palette.ts', 'lib/manage/brands/readable.ts'],
  'console/resources': ['lib/openapi/described-resources.ts'],
};
/** Where the pages are put together. */
const MAIN = 'console/main.tsx';

export function consoleViolations(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) =>
    importsOf(text)
      .filter(isOurs)
      .map((name) => targetOf(path, name))
      .filter((target) => !mayImport(path, target))
      .map((target) => `${path} imports ${target}`),
  );
}

function mayImport(path: string, target: string): boolean {
  if (path.startsWith(BUILD)) return target.startsWith(BUILD) || OF_THE_SERVICE.includes(target);
  const folder = path.split('/').slice(0, 2).join('/');
  if (SHARED[folder]?.includes(target)) return true;
  if (!target.startsWith('console/') || target.startsWith(BUILD)) return false;
  return path === MAIN || target.startsWith('console/app/') || target.startsWith(`${folder}/`);
}
