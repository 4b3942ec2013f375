/**
 * A declared state from a file, YAML or JSON:
 *
 *   resources: { orders: { patterns: [/v1/orders], title: Orders } }
 *   roles: { clerk: { parents: [user], acl: { orders: [r, u] } } }
 *   clients: { shop: { grants: [client_credentials], roles: [clerk] } }
 *   domains: { mydomain.com: { passwords: full } }
 *   settings: { keyLifetime: 2592000 }
 *
 * Errors: Failure for what is neither, for a key twice, and for anything at the top that is none of these.
 *         Never what stands there: a file may hold by mistake what it should not.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { Failure } from '../failure.ts';
import { type Declared, KINDS, type Kind, type Members, SETTINGS } from './kinds.ts';

/** In bytes. */
const MAX_SIZE = 1_000_000;

export function readDeclared(file: string): Declared {
  const top = objectAt(contentOf(file), 'the file');
  const unknown = Object.keys(top).find((name) => !KINDS.some((kind) => kind === name));
  if (unknown !== undefined)
    throw new Failure(
      `there is no ${JSON.stringify(unknown.slice(0, 64))}; at the top stands ${KINDS.join(', ')}`,
    );
  return Object.fromEntries(
    KINDS.filter((kind) => top[kind] !== undefined && top[kind] !== null).map((kind) => [
      kind,
      thingsOf(kind, objectAt(top[kind], kind)),
    ]),
  );
}

function thingsOf(kind: Kind, given: Members): Record<string, Members> {
  if (kind === 'settings') return { [SETTINGS]: given };
  return Object.fromEntries(
    Object.entries(given).map(([name, members]) => [
      name,
      objectAt(members ?? {}, `${kind}: ${name.slice(0, 64)}`),
    ]),
  );
}

function contentOf(file: string): unknown {
  const text = textOf(file);
  if (text.length > MAX_SIZE) throw new Failure(`${file} is larger than ${MAX_SIZE} bytes`);
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem) {
    const line = text.slice(0, problem.pos[0]).split('\n').length;
    throw new Failure(`${file} is neither YAML nor JSON: ${problem.code} in line ${line}`);
  }
  const content = withoutAliases(document, file);
  if (holdsNoNumber(content)) throw new Failure(`${file} holds what is no number in JSON`);
  return content;
}

function withoutAliases(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    const content = document.toJS({ maxAliasCount: 100 });
    // Which refuses what has itself in it.
    JSON.stringify(content);
    return content;
  } catch {
    throw new Failure(`${file} repeats itself too often`);
  }
}

/** `.inf` and `.nan`, which would be sent as the `null` that takes away. */
function holdsNoNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNoNumber);
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function objectAt(value: unknown, place: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new Failure(`${place} must hold names, each with what is said of it`);
}
