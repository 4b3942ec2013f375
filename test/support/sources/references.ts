/** The files that comments refer to, by the ends of their paths: a reader is to find them. */
import type { Sources } from './architecture.ts';

const COMMENT = /^\s*(?:\/\*\*?|\*|\/\/).*$|\s\/\/ .*$/gm;
const FILE = /[\w./-]+\.(?:tsx?|mjs|md|ya?ml)\b/g;

/** @param known - All files of the project, by their paths. */
export function lostReferences(sources: Sources, known: readonly string[]): string[] {
  const ends = new Set(known.flatMap(endsOf));
  return Object.entries(sources).flatMap(([path, text]) =>
    [...text.matchAll(COMMENT)]
      .flatMap(([comment]) => [...comment.matchAll(FILE)].map(([named]) => named))
      .filter((named) => !ends.has(named.replace(/^(?:\.{0,2}\/)+/, '')))
      .map((named) => `${path} names ${named}`),
  );
}

const endsOf = (path: string): string[] => {
  const parts = path.split('/');
  return parts.map((_, from) => parts.slice(from).join('/'));
};
