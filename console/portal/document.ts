/**
 * The API's own description of itself, and which of its methods an address is a call of.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import type { May } from '../app/me.ts';
import { settings } from '../app/settings.ts';

/**
 * Whom a method is for; `letter` on `resource` is what a token needs, `writes` is at a GET that may make what it
 * shows (lib/compose/callers.ts).
 */
export type Callers = {
  by: 'anybody' | 'client' | 'person' | 'token';
  letter?: 'c' | 'r' | 'u' | 'd';
  resource?: string;
  writes?: boolean;
};
type Parameter = { name: string; in: string };
type Described = {
  tags: readonly string[];
  operationId: string;
  summary: string;
  parameters?: readonly Parameter[];
  'x-latchkey'?: Callers;
};
export type ApiDocument = {
  paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  tags: readonly { name: string; description: string }[];
};
export type Method = Described & { method: string; path: string; group: string };

export const documentQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }): Promise<ApiDocument> => {
    const answer = await fetch(`${settings.issuer}/openapi.json`, { signal });
    if (!answer.ok) throw new Error(`openapi.json: ${answer.status}`);
    return (await answer.json()) as ApiDocument;
  },
  staleTime: 300_000,
});

export const methodsOf = ({ paths }: ApiDocument): Method[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, described]) => ({
      ...described,
      method,
      path,
      group: described.tags[0] ?? '',
    })),
  );

/** @returns What of the document is of one group and has all the words, for what shows documents. */
export function partOf(document: ApiDocument, group: string, find: string): ApiDocument {
  const words = find.toLowerCase().split(/\s+/);
  const fits = ({ method, path, summary }: Method) =>
    words.every((word) => `${method} ${path} ${summary}`.toLowerCase().includes(word));
  const paths: Record<string, Record<string, Described>> = {};
  for (const one of methodsOf(document))
    if (one.group === group && fits(one)) {
      const described = document.paths[one.path]?.[one.method];
      if (described) paths[one.path] = { ...paths[one.path], [one.method]: described };
    }
  const tags = document.tags.filter(({ name }) => name === group);
  return { ...document, paths, tags };
}

/** @returns Why the caller will be refused, as far as it can be known before. */
export function refusalOf({ by, letter, resource }: Callers, may: May): string | undefined {
  if (by !== 'token' || !letter || !resource || may(letter, resource)) return undefined;
  return `needs ${letter} on ${resource}`;
}

/** Of those that no script of this page can call, why not. */
export const NOT_FROM_HERE: Readonly<Partial<Record<Callers['by'], string>>> = {
  client:
    'It is called by a client with a secret of its own, which is at home on a server and not in this page.',
  person: 'It answers with a page for people: a browser goes there, no script can call it.',
};

export type Landing = Method & { values: readonly (Parameter & { value: string })[] };

/**
 * @param call - Path and query of a GET, as a browser has asked for it.
 * @returns `undefined` where a token has no business.
 */
export function landingOf(document: ApiDocument, call: string): Landing | undefined {
  if (!call.startsWith('/')) return undefined;
  const [path = '', query = ''] = call.split(/\?(.*)/s);
  const found = methodsOf(document)
    .filter(({ method, ...one }) => method === 'get' && one['x-latchkey']?.by === 'token')
    .map((one) => ({ one, names: namesIn(one.path, path) }))
    .filter(({ names }) => names !== undefined)
    // The one with the fewest names: /me before /{id}.
    .sort((a, b) => Object.keys(a.names ?? {}).length - Object.keys(b.names ?? {}).length)[0];
  if (!found) return undefined;
  const given = { path: found.names ?? {}, query: Object.fromEntries(new URLSearchParams(query)) };
  const values = (found.one.parameters ?? []).flatMap((parameter) => {
    const place: Readonly<Record<string, string>> =
      parameter.in === 'path' ? given.path : parameter.in === 'query' ? given.query : {};
    const value = place[parameter.name];
    return value === undefined ? [] : [{ ...parameter, value }];
  });
  return { ...found.one, values };
}

/** @returns What stands for the names of the template; `undefined` for another path. */
function namesIn(template: string, path: string): Record<string, string> | undefined {
  const isLast = template.endsWith('}');
  const pattern = template
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)\}/g, (_, name: string, at: number) =>
      // Names of resources hold slashes.
      isLast && at + name.length + 2 === template.length ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
    );
  const groups = new RegExp(`^${pattern}$`).exec(path)?.groups;
  if (groups === undefined) return new RegExp(`^${pattern}$`).test(path) ? {} : undefined;
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decoded(text)]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
