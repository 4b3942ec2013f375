/** The routes as serverless.yml has them, and which of them API Gateway would choose for a call. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Route = { route: string; function: string };
export type Matched = Route & { parameters: Record<string, string> };

/** What takes a call that no other route does. */
export const DEFAULT = '$default';

const SERVERLESS = resolve(import.meta.dirname, '../../../serverless.yml');

export function readRoutes(): Route[] {
  const [, functions = ''] = readFileSync(SERVERLESS, 'utf8').split(/^functions:$/m);
  const [section = ''] = functions.split(/^\S/m);
  return section.split(/^ {2}(?=\w+:$)/m).flatMap((text) => {
    const name = /^\w+/.exec(text)?.[0] ?? '';
    return [...text.matchAll(/- httpApi: ([A-Z]+ \S+|"\*")/g)].map(([, route = '']) => ({
      route: route === '"*"' ? DEFAULT : route,
      function: name,
    }));
  });
}

/** A literal segment beats a `{name}`, and any route the default. */
export function matchRoute(routes: readonly Route[], call: string): Matched | undefined {
  const [byDefault] = routes.filter(({ route }) => route === DEFAULT);
  return matchOf(routes, call) ?? (byDefault && { ...byDefault, parameters: {} });
}

function matchOf(routes: readonly Route[], call: string): Matched | undefined {
  const matches = routes.flatMap((route) => {
    const pattern = route.route
      .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
      .replace(/\{(\w+)\+\}/g, '(?<$1>[^ ]+)');
    const found = new RegExp(`^${pattern.replaceAll('.', '\\.')}$`).exec(call);
    if (!found) return [];
    const values = Object.entries(found.groups ?? {});
    return [
      {
        ...route,
        parameters: Object.fromEntries(values.map(([n, v]) => [n, decodeURIComponent(v)])),
      },
    ];
  });
  return matches.sort(
    (left, right) => Object.keys(left.parameters).length - Object.keys(right.parameters).length,
  )[0];
}
