/**
 * The resources that an API's own description names: OpenAPI 3 or Swagger 2, as YAML or JSON, such as
 * API Gateway exports.
 *
 *   /cdr/files/{id}          resource cdr/files     pattern /cdr/files
 *   /users/{id}/orders       resource users/orders  pattern /users/{id}/orders
 *   /files/{proxy+}          resource files         pattern /files
 *
 * A resource is named by the literal segments of a path. What comes after the last of them is covered
 * by the pattern, which stands for all below it. `x-latchkey-resource` at a path gives another name,
 * `x-latchkey-title` what people are told of it.
 * The path of the first server stands before them all. A path whose operations all have `security: []` is
 * left out. NOT read: which letters a method needs; a role says that.
 *
 * Errors: NotDescribed, which names the path that stands for no resource.
 *
 * It imports nothing of the service: the console reads descriptions by it, in the browser.
 *
 * @module
 * @see OpenAPI Specification 3.1 §4.8.8 (Paths Object)
 */
import { parse, YAMLParseError } from 'yaml';

/** Its message is for whoever gave the description. */
export class NotDescribed extends Error {
  override readonly name = 'NotDescribed';
}

/** Name to patterns; none where the pattern is the default one. */
export type Described = Record<string, string[]>;

const NAME = 'x-latchkey-resource';

const TITLE = 'x-latchkey-title';

/** By name: what the paths call their resources, where they do. */
export function titlesOf(text: string): Record<string, string> {
  const found = Object.entries(documentOf(text).paths).flatMap(([path, item]) => {
    const title = isObject(item) ? item[TITLE] : undefined;
    return typeof title === 'string' ? [[nameOf(path, patternOf(path), item), title] as const] : [];
  });
  return Object.fromEntries(found);
}

/** @param given - In front of every path; that of the first server, unless it is said. */
export function resourcesOf(text: string, given?: string): Described {
  const document = documentOf(text);
  const base = given ?? basePathOf(document);
  const found = new Map<string, Set<string>>();
  for (const [path, item] of Object.entries(document.paths)) {
    if (isPublic(item)) continue;
    const pattern = patternOf(path);
    const name = nameOf(path, pattern, item);
    found.set(name, (found.get(name) ?? new Set()).add(`${base}${pattern}`));
  }
  if (found.size === 0)
    throw new NotDescribed('the description has no paths, or none that asks for a credential');
  return Object.fromEntries(
    [...found].map(([name, patterns]) => [name, withoutDefault(name, [...patterns])]),
  );
}

type Document = Record<string, unknown> & { paths: Record<string, unknown> };

function documentOf(text: string): Document {
  const document = parsed(text);
  const { openapi, swagger, paths } = isObject(document) ? document : {};
  if (!(openapi ?? swagger) || !isObject(paths))
    throw new NotDescribed('this is no OpenAPI description: it has no version or no paths');
  return { ...(document as Record<string, unknown>), paths };
}

/**
 * Where API Gateway itself is the server, its path is the stage, which no path that is judged begins with;
 * and so is what stands for a stage in a template.
 */
function basePathOf({ servers, host = '', basePath = '' }: Document): string {
  const [first] = Array.isArray(servers) ? servers : [];
  const url = isObject(first) ? String(first['url'] ?? '') : `https://${host}${String(basePath)}`;
  if (/\.execute-api\.|[{}]/.test(url)) return '';
  const path = URL.canParse(url, 'https://api.invalid')
    ? new URL(url, 'https://api.invalid').pathname
    : '';
  return path.replace(/\/+$/, '');
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** `security: []` at an operation: it asks for nothing, so no authorizer stands before it. */
function isPublic(item: unknown): boolean {
  const operations = Object.entries(isObject(item) ? item : {})
    .filter(([method]) => METHODS.includes(method))
    .map(([, operation]) => operation);
  const asksNothing = (operation: unknown): boolean =>
    isObject(operation) &&
    Array.isArray(operation['security']) &&
    operation['security'].length === 0;
  return operations.length > 0 && operations.every(asksNothing);
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const place = error instanceof YAMLParseError ? error.message.split('\n', 1)[0] : 'not YAML';
    throw new NotDescribed(`the description cannot be read: ${place}`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isParameter = (segment: string): boolean => /^\{.*\}$/.test(segment);

/** Up to the last literal segment; parameters get names that a pattern can have. */
function patternOf(path: string): string {
  const segments = path.split('/').filter(Boolean);
  const end = segments.findLastIndex((segment) => !isParameter(segment)) + 1;
  const kept = segments.slice(0, end).map((segment) => {
    if (!isParameter(segment)) return segment;
    return `{${segment.replace(/[^A-Za-z0-9]/g, '') || 'any'}}`;
  });
  return `/${kept.join('/')}`;
}

function nameOf(path: string, pattern: string, item: unknown): string {
  const given = isObject(item) ? item[NAME] : undefined;
  if (typeof given === 'string') return given;
  const literals = pattern.split('/').filter((part) => part && !isParameter(part));
  if (literals.length === 0)
    throw new NotDescribed(`${path} has no fixed part to name a resource by: give it ${NAME}`);
  return literals.join('/');
}

const withoutDefault = (name: string, patterns: string[]): string[] =>
  patterns.length === 1 && patterns[0] === `/${name}` ? [] : patterns.sort();
