/**
 * Which route of the admin API a call means.
 *
 * @module
 */
import { BASE, type Handler } from './call.ts';
import { ISSUE_TOKEN, ROUTES } from './routes.ts';

export type Matched =
  | { status: 'found'; handler: Handler; id: string; resource: string }
  | { status: 'other_method'; allowed: string[] }
  | { status: 'unknown' };

const TABLE = Object.entries(ROUTES).map(([route, handler]) => {
  const [method = '', path = ''] = route.split(' ');
  const pattern = path.replace('{id+}', '(?<id>.+)').replace('{id}', '(?<id>[^/]+)');
  const [, collection = ''] = path.split('/');
  return { method, handler, pattern: new RegExp(`^${pattern}$`), resource: `admin/${collection}` };
});

export function matchRoute(method: string, path: string): Matched {
  const place = path.startsWith(`${BASE}/`) ? path.slice(BASE.length) : '';
  const there = TABLE.filter(({ pattern }) => pattern.test(place));
  if (there.length === 0) return { status: 'unknown' };
  const route = there.find((one) => one.method === method);
  if (!route) return { status: 'other_method', allowed: methodsOf(there, place) };
  const { handler, resource } = route;
  const id = decoded(route.pattern.exec(place)?.groups?.['id'] ?? '');
  return { status: 'found', handler, id, resource };
}

/** Here, or where a token is issued. */
const methodsOf = (there: readonly { method: string }[], place: string): string[] => {
  const [issuing = '', at] = ISSUE_TOKEN.split(' ');
  const here = there.map(({ method }) => method);
  return place === at ? [...here, issuing] : here;
};

/** API Gateway decodes a path, other gateways do not; none of our ids holds a percent sign. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
